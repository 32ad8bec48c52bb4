import t from 'tap'
import { parseCommand } from '../../src/cli/command.ts'
import { ConfigError } from '../../src/cli/config-error.ts'

const defaults = {
  port: 4010,
  host: '127.0.0.1',
  logLevel: 'info',
  logFormat: 'auto',
  maxWebhooks: 100_000,
  maxWebhookBytes: 64 * 1024 * 1024,
  maxJournalEntries: 1_000,
  maxJournalBytes: 16_777_216,
  tokenLifetime: 10_800,
  requestTimeout: 30,
  maxConnections: 5_000,
  shutdownTimeout: 5,
  deliveryTimeout: 10,
  retryDelays: '100,500,2000',
  deliveryInsecureTls: false,
  allowHttpEventUrls: 'none',
  timestamps: 'utc',
  firstVersion: 1,
  unknownEventNames: 'accept',
  winkVersion: 'check',
  entityMismatch: 'refuse',
}

t.test('settings: a flag, then its variable, then the usual variable, then the default', (t) => {
  const cases: { argv?: string[]; env?: Record<string, string>; config: object }[] = [
    { config: {} },
    { argv: ['--port', '1'], config: { port: 1 } },
    { argv: ['--port=0'], config: { port: 0 } },
    { argv: ['-p', '65535'], config: { port: 65_535 } },
    { argv: ['--port', '1', '--port', '2'], config: { port: 2 } },
    { env: { PORT: '3' }, config: { port: 3 } },
    { env: { PORT: '3', WINK_MOCK_PORT: '2' }, config: { port: 2 } },
    { argv: ['--port', '1'], env: { PORT: '3', WINK_MOCK_PORT: '2' }, config: { port: 1 } },
    { argv: ['--port', '1'], env: { PORT: 'nonsense' }, config: { port: 1 } },
    { env: { PORT: '', WINK_MOCK_PORT: '' }, config: {} },
    { env: { HOST: '::1', LOG_LEVEL: 'silent' }, config: { host: '::1', logLevel: 'silent' } },
    { argv: ['--log-level', 'trace'], config: { logLevel: 'trace' } },
    { argv: ['--data', 'seed.json'], config: { data: 'seed.json' } },
    { env: { WINK_MOCK_DATA: 'seed.json' }, config: { data: 'seed.json' } },
    { env: { WINK_MOCK_DATA_JSON: '{}' }, config: { dataJson: '{}' } },
    { env: { WINK_MOCK_MAX_WEBHOOKS: '0' }, config: { maxWebhooks: 0 } },
    { env: { WINK_MOCK_MAX_WEBHOOK_BYTES: '0' }, config: { maxWebhookBytes: 0 } },
    { argv: ['--max-journal-entries', '0'], config: { maxJournalEntries: 0 } },
    { env: { WINK_MOCK_MAX_JOURNAL_BYTES: '2000000' }, config: { maxJournalBytes: 2_000_000 } },
    { env: { WINK_MOCK_ADMIN_TOKEN: 'x' }, config: { adminToken: 'x' } },
    { argv: ['--seed', '7'], config: { seed: 7 } },
    { argv: ['--token-lifetime', '86400'], config: { tokenLifetime: 86_400 } },
    {
      env: { WINK_MOCK_PUBLIC_URL: 'https://wink.test/x' },
      config: { publicUrl: 'https://wink.test/x' },
    },
    {
      argv: ['--cors-origin', 'https://a.example', '--cors-origin', 'http://localhost:3000'],
      config: { corsOrigin: ['https://a.example', 'http://localhost:3000'] },
    },
    {
      env: { WINK_MOCK_CORS_ORIGIN: 'https://a.example, http://localhost:3000' },
      config: { corsOrigin: ['https://a.example', 'http://localhost:3000'] },
    },
    {
      argv: ['--cors-origin', '*'],
      env: { WINK_MOCK_CORS_ORIGIN: 'https://a.example' },
      config: { corsOrigin: ['*'] },
    },
    {
      argv: ['--tls-cert', 'cert.pem'],
      env: { WINK_MOCK_TLS_KEY: 'key.pem' },
      config: { tlsCert: 'cert.pem', tlsKey: 'key.pem' },
    },
    { argv: ['--state-file', 'state.json'], config: { stateFile: 'state.json' } },
    { argv: ['--request-timeout', '0.5'], config: { requestTimeout: 0.5 } },
    { env: { WINK_MOCK_SHUTDOWN_TIMEOUT: '0' }, config: { shutdownTimeout: 0 } },
    { argv: ['--deliver-to', 'event-url'], config: { deliverTo: 'event-url' } },
    {
      env: { WINK_MOCK_DELIVER_TO: 'http://localhost:3000' },
      config: { deliverTo: 'http://localhost:3000' },
    },
    { argv: ['--delivery-timeout', '0.5'], config: { deliveryTimeout: 0.5 } },
    { argv: ['--retry-delays', ''], config: { retryDelays: '' } },
    {
      argv: ['--retry-delays=1,2'],
      env: { WINK_MOCK_RETRY_DELAYS: 'none' },
      config: { retryDelays: '1,2' },
    },
    { env: { WINK_MOCK_RETRY_DELAYS: 'none' }, config: { retryDelays: 'none' } },
    { env: { WINK_MOCK_RETRY_DELAYS: '' }, config: {} },
    { argv: ['--delivery-insecure-tls'], config: { deliveryInsecureTls: true } },
    { env: { WINK_MOCK_DELIVERY_INSECURE_TLS: 'true' }, config: { deliveryInsecureTls: true } },
    {
      argv: ['--delivery-insecure-tls'],
      env: { WINK_MOCK_DELIVERY_INSECURE_TLS: 'false' },
      config: { deliveryInsecureTls: true },
    },
    {
      argv: ['--allow-http-event-urls', 'loopback', '--timestamps', 'local'],
      env: { WINK_MOCK_ALLOW_HTTP_EVENT_URLS: 'any', WINK_MOCK_FIRST_VERSION: '0' },
      config: { allowHttpEventUrls: 'loopback', timestamps: 'local', firstVersion: 0 },
    },
    {
      argv: ['--unknown-event-names', 'refuse', '--entity-mismatch=path-wins'],
      env: { WINK_MOCK_WINK_VERSION: 'ignore' },
      config: {
        unknownEventNames: 'refuse',
        entityMismatch: 'path-wins',
        winkVersion: 'ignore',
      },
    },
  ]
  for (const { argv = [], env = {}, config } of cases) {
    const command = parseCommand(argv, env)
    t.match(command, { kind: 'serve', warnings: [] })
    t.strictSame(
      'config' in command && command.config,
      { ...defaults, ...config },
      JSON.stringify({ argv, env }),
    )
  }
  t.end()
})

t.test('what a setting does not take is one clear line', (t) => {
  const cases: { argv?: string[]; env?: Record<string, string>; says: string }[] = [
    { argv: ['--port', 'x'], says: '--port must be a whole number from 0 to 65535, not "x"' },
    {
      argv: ['--cors-origin', 'x'],
      says: '--cors-origin must be an origin (RFC 6454), such as https://app.example.com, or *, not "x"',
    },
    {
      argv: ['--port', '65536'],
      says: '--port must be a whole number from 0 to 65535, not "65536"',
    },
    { argv: ['--port', '1.5'], says: '--port must be a whole number from 0 to 65535, not "1.5"' },
    { argv: ['--port=-1'], says: '--port must be a whole number from 0 to 65535, not "-1"' },
    { argv: ['--port='], says: '--port must be a whole number from 0 to 65535, not ""' },
    { argv: ['--port', '0x10'], says: '--port must be a whole number from 0 to 65535, not "0x10"' },
    { env: { PORT: 'x' }, says: 'PORT must be a whole number from 0 to 65535, not "x"' },
    {
      env: { WINK_MOCK_PORT: 'http://10.96.0.1:4010' },
      says: 'WINK_MOCK_PORT must be a whole number from 0 to 65535, not "http://10.96.0.1:4010"',
    },
    {
      argv: ['--port', 'tcp://10.96.0.1:4010'],
      says: '--port must be a whole number from 0 to 65535, not "tcp://10.96.0.1:4010"',
    },
    { env: { PORT: ' 1' }, says: 'PORT must be a whole number from 0 to 65535, not " 1"' },
    {
      env: { WINK_MOCK_DELIVERY_INSECURE_TLS: 'yes' },
      says: 'WINK_MOCK_DELIVERY_INSECURE_TLS must be true or false, not "yes"',
    },
    ...['1,,2', 'x', '600001', '1.5', ',', '1,2,3,4,5,6,7,8,9,10,11'].map((delays) => ({
      argv: ['--retry-delays', delays],
      says: `--retry-delays must be at most 10 whole numbers from 0 to 600000 with commas between them, such as 100,500,2000, or none, not "${delays}"`,
    })),
    {
      argv: ['--deliver-to', 'localhost:3000'],
      says: '--deliver-to must be a base URL without user info, query and fragment, such as http://localhost:3000, or event-url, not "localhost:3000"',
    },
    { argv: ['--host='], says: '--host must be text of at least 1 character, not ""' },
    {
      env: { WINK_MOCK_LOG_LEVEL: 'loud' },
      says: 'WINK_MOCK_LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent, not "loud"',
    },
    {
      argv: ['--request-timeout', '0'],
      says: '--request-timeout must be a number from 0.001 to 86400, not "0"',
    },
    {
      argv: ['--allow-http-event-urls', 'x'],
      says: '--allow-http-event-urls must be one of none, loopback, any, not "x"',
    },
    {
      env: { WINK_MOCK_FIRST_VERSION: '2' },
      says: 'WINK_MOCK_FIRST_VERSION must be a whole number from 0 to 1, not "2"',
    },
    {
      argv: ['--token-lifetime', '0'],
      says: '--token-lifetime must be a whole number from 1 to 86400, not "0"',
    },
    {
      argv: ['--public-url', 'http://wink.test/'],
      says: '--public-url must be an absolute http or https URL without user info, query, fragment and slash at its end, such as http://wink.test:4010, not "http://wink.test/"',
    },
    {
      argv: ['--public-url', 'http://me:s3cr3t@wink.test'],
      says: '--public-url must be an absolute http or https URL without user info, query, fragment and slash at its end, such as http://wink.test:4010, not "http://me:[masked]@wink.test"',
    },
    {
      argv: ['--public-url', 'http://me:s3"cr3t@wink.test'],
      says: '--public-url must be an absolute http or https URL without user info, query, fragment and slash at its end, such as http://wink.test:4010, not "http://me:[masked]@wink.test"',
    },
    {
      argv: ['--public-url', 'http:/me:s3cr3t@wink.test'],
      says: '--public-url must be an absolute http or https URL without user info, query, fragment and slash at its end, such as http://wink.test:4010, not "http:/me:[masked]@wink.test"',
    },
    {
      argv: ['--cors-origin', 'https://a.example', '--cors-origin', 'https://b.example/'],
      says: '--cors-origin must be an origin (RFC 6454), such as https://app.example.com, or *, not "https://b.example/"',
    },
    {
      env: { WINK_MOCK_CORS_ORIGIN: 'https://a.example,,' },
      says: 'WINK_MOCK_CORS_ORIGIN must be an origin (RFC 6454), such as https://app.example.com, or *, not ""',
    },
    {
      argv: ['--tls-key', 'key.pem'],
      says: '--tls-cert and --tls-key (or their variables) need each other; set both',
    },
    {
      argv: ['--nonsense'],
      says: "Unknown option '--nonsense'; wink-webhook-mock --help lists the flags",
    },
    {
      argv: ['serve'],
      says: "Unexpected argument 'serve'; wink-webhook-mock --help lists the flags",
    },
    {
      argv: ['--port'],
      says: "Option '-p, --port <value>' argument missing; wink-webhook-mock --help lists the flags",
    },
    {
      argv: ['--port', '-1'],
      says: `Option '--port' has no value; one that begins with a dash goes behind "="; wink-webhook-mock --help lists the flags`,
    },
    {
      argv: ['--data', 'seed.json'],
      env: { WINK_MOCK_DATA_JSON: '{}' },
      says: 'WINK_MOCK_DATA and WINK_MOCK_DATA_JSON (or their flags) exclude each other; set one of them',
    },
  ]
  for (const { argv = [], env = {}, says } of cases) {
    const error = t.throws(() => parseCommand(argv, env), JSON.stringify({ argv, env }))
    t.type(error, ConfigError)
    t.equal((error as Error).message, says)
  }
  t.end()
})

t.test('help and version', (t) => {
  t.strictSame(parseCommand(['--help'], {}), { kind: 'help' })
  t.strictSame(parseCommand(['-h', '--port', 'x'], {}), { kind: 'help' })
  t.strictSame(parseCommand(['--version'], {}), { kind: 'version' })
  t.strictSame(parseCommand(['-v'], { PORT: 'x' }), { kind: 'version' })
  t.end()
})
