import { join } from 'node:path'
import t from 'tap'
import { runHere } from '../fixtures/program.ts'
import { entity } from '../fixtures/requests.ts'
import { listening } from '../fixtures/wire.ts'

// The commands that ask a running sandbox, each as far as it needs flags of its own.
const commands = {
  health: [],
  requests: [],
  'requests --follow': ['--follow'],
  trigger: ['booking.create', '--managing-entity', entity],
}

/** Runs each command with the same flags and variables; gives its end by its name. */
async function runEach(argv: readonly string[], env: Record<string, string> = {}) {
  const ends = Object.entries(commands).map(async ([name, own]) => {
    const [word = ''] = name.split(' ')
    return [name, await runHere([word, ...own, ...argv], env)] as const
  })
  return Promise.all(ends)
}

t.test('all commands find the sandbox by one rule', async (t) => {
  // Nobody listens at ports below 10: the address is in the error.
  const folder = t.testdir({ one: '1\n', two: '2\n' })
  const [one, two] = [join(folder, 'one'), join(folder, 'two')]
  const cases: { argv?: string[]; env?: Record<string, string>; url: string }[] = [
    { argv: ['--port', '3'], url: 'http://127.0.0.1:3' },
    { argv: ['-p', '3', '--host', '127.0.0.2'], url: 'http://127.0.0.2:3' },
    { argv: ['--host', '::1', '--port', '3'], url: 'http://[::1]:3' },
    { argv: ['--host', '0.0.0.0', '--port', '3'], url: 'http://127.0.0.1:3' },
    { argv: ['--host', '::', '--port', '3'], url: 'http://[::1]:3' },
    { argv: ['--port-file', one], url: 'http://127.0.0.1:1' },
    { argv: ['--port-file', one, '--port', '0'], url: 'http://127.0.0.1:1' },
    { argv: ['--port-file', one, '--port', '3'], url: 'http://127.0.0.1:1' },
    { argv: ['--port-file', one, '--host', '127.0.0.2'], url: 'http://127.0.0.2:1' },
    { argv: ['--url', 'http://127.0.0.3:4/'], url: 'http://127.0.0.3:4' },
    { argv: ['--url', 'http://127.0.0.3:4', '--port-file', one], url: 'http://127.0.0.3:4' },
    { env: { PORT: '3', HOST: '127.0.0.2' }, url: 'http://127.0.0.2:3' },
    { env: { WINK_MOCK_PORT: '3', PORT: '5' }, url: 'http://127.0.0.1:3' },
    { env: { WINK_MOCK_PORT: 'tcp://10.96.0.1:4010', PORT: '5' }, url: 'http://127.0.0.1:5' },
    { env: { WINK_MOCK_PORT_FILE: two, PORT: '3' }, url: 'http://127.0.0.1:2' },
    {
      env: { WINK_MOCK_URL: 'http://127.0.0.3:4/', WINK_MOCK_PORT_FILE: two, PORT: '3' },
      url: 'http://127.0.0.3:4',
    },
    { argv: ['--port', '3'], env: { WINK_MOCK_PORT_FILE: two }, url: 'http://127.0.0.1:3' },
    { argv: ['--port', '0'], env: { WINK_MOCK_PORT_FILE: two }, url: 'http://127.0.0.1:2' },
    { argv: ['--port-file', one], env: { WINK_MOCK_PORT_FILE: two }, url: 'http://127.0.0.1:1' },
    {
      argv: ['--host', '127.0.0.2'],
      env: { WINK_MOCK_PORT_FILE: two },
      url: 'http://127.0.0.2:2',
    },
    ...[
      ['--port', '3'],
      ['--port-file', one, '--port', '0'],
    ].map((argv) => ({
      argv,
      env: { WINK_MOCK_URL: 'http://127.0.0.3:4' },
      url: `http://127.0.0.1:${argv.length === 2 ? 3 : 1}`,
    })),
    {
      argv: ['--url', 'http://127.0.0.3:5'],
      env: { WINK_MOCK_URL: 'http://127.0.0.3:4' },
      url: 'http://127.0.0.3:5',
    },
  ]
  for (const { argv = [], env = {}, url } of cases) {
    for (const [name, { code, stdout, stderr }] of await runEach(argv, env)) {
      const says = `wink-webhook-mock: no sandbox answers at ${url}: nobody listens at ${new URL(url).host}; start one with wink-webhook-mock, or name another with --url, --port-file or --port\n`
      const shown = JSON.stringify({ name, argv, env })
      t.strictSame({ code, stdout, stderr }, { code: 1, stdout: '', stderr: says }, shown)
    }
  }
})

t.test('an address that names no sandbox: one line with the reason', async (t) => {
  const file = join(t.testdir({}), 'none')
  const cases = [
    {
      argv: ['--port-file', file],
      code: 1,
      says: `${file} has no port (yet); start a sandbox with --port-file ${file}, or name another file`,
    },
    {
      argv: ['--port', '0'],
      code: 1,
      says: 'port 0 is picked at the start; name the real one with --port, or the file that has it with --port-file',
    },
    ...['127.0.0.1:4010', 'http://127.0.0.1:4010/__admin/', 'ftp://127.0.0.1'].map((url) => ({
      argv: ['--url', url],
      code: 2,
      says: `--url must be an absolute http or https URL without user info, query, fragment and /__admin, such as http://127.0.0.1:4010, not "${url}"`,
    })),
  ]
  for (const { argv, code, says } of cases) {
    for (const [name, end] of await runEach(argv)) {
      const expected = { code, stdout: '', stderr: `wink-webhook-mock: ${says}\n` }
      t.strictSame(end, expected, `${name} ${argv.join(' ')}`)
    }
  }
})

t.test('a host that is none: exit code 2, and where a URL goes', async (t) => {
  const hosts = [
    ...['1.2.3.4.5', '999.1.1.1', 'a b', 'a/b', 'a@b', 'fe80::1%eth0', '[::1]', ''],
    ...['http://127.0.0.1', '127.0.0.1:4010'],
  ]
  for (const host of hosts) {
    for (const [origin, ends] of [
      ['--host', await runEach(['--host', host])],
      ['WINK_MOCK_HOST', host === '' ? [] : await runEach([], { WINK_MOCK_HOST: host })],
    ] as const) {
      const stderr = `wink-webhook-mock: ${origin} must be a host name or IP address alone (a URL goes to --url), not "${host}"\n`
      for (const [name, end] of ends) {
        t.strictSame(end, { code: 2, stdout: '', stderr }, `${name} ${host}`)
      }
    }
  }
})

t.test('an unknown flag: the help of the command is named', async (t) => {
  for (const [name, { code, stderr }] of await runEach(['--nothing'])) {
    t.equal(code, 2)
    t.match(
      stderr,
      `Unknown option '--nothing'; wink-webhook-mock ${String(name.split(' ')[0])} --help lists the flags\n`,
    )
  }
})

t.test('a HOST of another program does not mislead a command, and is named', async (t) => {
  const { url } = await listening(t)
  const { port } = new URL(url)
  const warning = /^wink-webhook-mock: HOST must be .*127\.0\.0\.1 is used.*\n$/
  for (const argv of [['health'], ['requests'], ['trigger', ...commands.trigger]]) {
    for (const HOST of ['192.0.2.1', 'a b']) {
      const { stderr } = await runHere(argv, { HOST, PORT: port })
      t.match(stderr, warning, `${HOST} ${argv.join(' ')}`)
    }
  }
})

t.test('the help of each command lists the options of the address', async (t) => {
  for (const word of ['health', 'requests', 'trigger']) {
    const { code, stdout } = await runHere([word, '--help'])
    t.equal(code, 0)
    t.match(stdout, `Usage: wink-webhook-mock ${word}`)
    for (const flag of ['url', 'port-file', 'port, -p', 'host', 'tls-cert']) {
      t.match(stdout, `\n  --${flag} <`, `${word} --${flag}`)
    }
    t.equal(stdout.includes('--admin-token <text>'), word !== 'health')
    t.match(await runHere([word, '--version']), { code: 0, stdout: /^\d+\.\d+\.\d+\n$/ })
  }
})
