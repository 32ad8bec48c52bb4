import t from 'tap'
import { parseCommand } from '../../src/cli/command.ts'
import { ConfigError } from '../../src/cli/config-error.ts'
import { buildApp } from '../../src/index.ts'

t.test(
  'reports F3: what Kubernetes and Docker write about a service of that name is no port',
  (t) => {
    const link = 'tcp://10.96.0.1:4010'
    const cases: { argv?: string[]; env: Record<string, string>; port: number }[] = [
      { env: { WINK_MOCK_PORT: link }, port: 4010 },
      { env: { WINK_MOCK_PORT: 'udp://10.96.0.1:4010' }, port: 4010 },
      { env: { WINK_MOCK_PORT: 'sctp://[fd00::1]:4010' }, port: 4010 },
      { env: { WINK_MOCK_PORT: link, PORT: '4316' }, port: 4316 },
      { env: { WINK_MOCK_PORT: link, PORT: link }, port: 4010 },
      { argv: ['--port', '4317'], env: { WINK_MOCK_PORT: link, PORT: '4316' }, port: 4317 },
      {
        env: {
          WINK_MOCK_PORT: link,
          WINK_MOCK_SERVICE_HOST: '10.96.0.1',
          WINK_MOCK_SERVICE_PORT: '4010',
          WINK_MOCK_SERVICE_PORT_HTTP: '4010',
          WINK_MOCK_PORT_4010_TCP: link,
          WINK_MOCK_PORT_4010_TCP_PROTO: 'tcp',
          WINK_MOCK_PORT_4010_TCP_PORT: '4010',
          WINK_MOCK_PORT_4010_TCP_ADDR: '10.96.0.1',
          WINK_MOCK_NAME: '/web/wink-mock',
        },
        port: 4010,
      },
    ]
    for (const kind of ['serve', 'health'] as const) {
      for (const { argv = [], env, port } of cases) {
        const command = parseCommand(kind === 'health' ? [kind, ...argv] : argv, env)
        t.match(
          command,
          { kind, config: { port }, warnings: [] },
          JSON.stringify({ kind, argv, env }),
        )
      }
    }
    t.end()
  },
)

t.test(
  'reports D2: levels in any case, and as others call them; LOG_LEVEL never stops the start',
  (t) => {
    const cases: { level: string; means: string }[] = [
      { level: 'INFO', means: 'info' },
      { level: 'Debug', means: 'debug' },
      { level: 'warning', means: 'warn' },
      { level: 'WARNING', means: 'warn' },
      { level: 'err', means: 'error' },
      { level: 'critical', means: 'fatal' },
      { level: 'verbose', means: 'debug' },
      { level: 'off', means: 'silent' },
      { level: 'NONE', means: 'silent' },
    ]
    for (const { level, means } of cases) {
      const says = { config: { logLevel: means }, warnings: [] }
      t.match(parseCommand([], { LOG_LEVEL: level }), says, level)
      t.match(parseCommand([], { WINK_MOCK_LOG_LEVEL: level }), says, level)
      t.match(parseCommand(['--log-level', level], {}), says, level)
    }
    for (const level of ['loud', '30', 'app=debug', 'toString', ' info']) {
      t.match(
        parseCommand([], { LOG_LEVEL: level }),
        {
          config: { logLevel: 'info' },
          warnings: [
            `LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent, not "${level}"; info is used. WINK_MOCK_LOG_LEVEL is for this program alone.`,
          ],
        },
        level,
      )
      t.throws(() => parseCommand([], { WINK_MOCK_LOG_LEVEL: level }), ConfigError, level)
      t.throws(() => parseCommand(['--log-level', level], {}), ConfigError, level)
    }
    t.end()
  },
)

t.test('attacks: --admin-token takes what can be sent as a bearer token (RFC 6750 §2.1)', (t) => {
  for (const adminToken of ['secret', 'a-b._~+/9==', 'x'.repeat(4_096)]) {
    const says = { config: { adminToken } }
    t.match(parseCommand(['--admin-token', adminToken], {}), says)
    t.match(parseCommand([], { WINK_MOCK_ADMIN_TOKEN: adminToken }), says)
  }
  for (const adminToken of [
    'é',
    ' secret',
    'secret ',
    'two words',
    'a=b',
    '"secret"',
    'a,b',
    '=',
  ]) {
    const says =
      /must be a bearer token \(RFC 6750, b64token\): letters, digits and - \. _ ~ \+ \/, then any =$/
    const error = { name: 'ConfigError', message: says }
    t.throws(() => parseCommand([`--admin-token=${adminToken}`], {}), error, adminToken)
    t.throws(() => parseCommand([], { WINK_MOCK_ADMIN_TOKEN: adminToken }), error, adminToken)
    const refused = { name: 'RangeError', message: /^adminToken must be a bearer token [^"]*=$/ }
    t.throws(() => buildApp({ adminToken }), refused, adminToken)
  }
  t.throws(() => parseCommand(['--admin-token='], {}), /--admin-token must be a bearer token/)
  t.throws(() => buildApp({ adminToken: 5 as unknown as string }), /adminToken must be a bearer/)
  t.end()
})
