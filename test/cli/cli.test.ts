import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { constants } from 'node:os'
import t from 'tap'
import { entity, validBody, validHeaders, webhooksOf } from '../fixtures/requests.ts'
import { greeting, inFlight, run, runCovered, runHere, untilRefused } from '../fixtures/program.ts'
import { listening, received } from '../fixtures/wire.ts'

const create = (url: string): Promise<Response> =>
  fetch(url + webhooksOf(entity), {
    method: 'POST',
    headers: validHeaders,
    body: JSON.stringify(validBody),
  })

t.test(
  'it prints its address, serves, logs JSON lines without tokens, and ends on SIGTERM',
  async (t) => {
    const program = run(t, ['--port', '0'])
    const { url } = await greeting(program)
    t.match(url, /^http:\/\/127\.0\.0\.1:\d+$/)
    t.equal((await create(url)).status, 201)
    t.equal((await fetch(`${url}/nothing`)).status, 404)
    program.process.kill('SIGTERM')
    const { code, stderr } = await program.exit
    t.equal(code, 0)
    const lines = stderr.trim().split('\n')
    t.match(
      lines.map((line) => JSON.parse(line) as object),
      [
        { method: 'POST', status: 201 },
        { method: 'GET', status: 404 },
        { msg: 'stopped', webhooks: 1 },
      ],
    )
    t.notMatch(stderr, 'some-token')
  },
)

t.test('SIGINT ends it too, and --log-level silent is silent', async (t) => {
  const program = run(t, [], { PORT: '0', WINK_MOCK_LOG_LEVEL: 'silent' })
  const { url } = await greeting(program)
  await create(url)
  program.process.kill('SIGINT')
  t.match(await program.exit, { code: 0, stderr: '' })
})

t.test('a request in flight gets its answer after SIGTERM', async (t) => {
  const program = run(t, ['--port', '0'])
  const { url } = await greeting(program)
  const socket = await inFlight(t, url)
  program.process.kill('SIGTERM')
  await untilRefused(url)
  socket.write(JSON.stringify(validBody))
  t.match(await received(socket), /^HTTP\/1\.1 201 Created\r\n/)
  t.match(await program.exit, { code: 0 })
})

t.test('a second signal ends at once', async (t) => {
  const program = runCovered(t, ['--port', '0'])
  const { url } = await greeting(program)
  await inFlight(t, url)
  program.process.kill('SIGTERM')
  await untilRefused(url)
  program.process.kill('SIGTERM')
  t.match(await program.exit, { code: 128 + constants.signals.SIGTERM })
})

t.test('Ctrl-C under npm, which comes twice, lets a request in flight finish', async (t) => {
  const program = run(t, ['--port', '0'])
  const { url } = await greeting(program)
  const socket = await inFlight(t, url)
  program.process.kill('SIGINT')
  program.process.kill('SIGINT')
  await untilRefused(url)
  socket.write(JSON.stringify(validBody))
  t.match(await received(socket), /^HTTP\/1\.1 201 Created\r\n/)
  t.match(await program.exit, { code: 0 })
})

t.test('the limit ends what hangs, with exit code 0', async (t) => {
  const program = run(t, ['--port', '0', '--shutdown-timeout', '0.05'])
  const { url } = await greeting(program)
  await inFlight(t, url)
  program.process.kill('SIGTERM')
  t.match(await program.exit, { code: 0 })
})

t.test(
  'reports D1: a HOST on which nothing can listen is a warning, and the default is used',
  async (t) => {
    const check = async (host: string): Promise<void> => {
      const program = run(t, ['--port', '0'], { HOST: host, WINK_MOCK_LOG_LEVEL: 'silent' })
      const { url } = await greeting(program)
      t.match(url, /^http:\/\/127\.0\.0\.1:\d+$/, host)
      t.equal((await create(url)).status, 201)
      const { port } = new URL(url)
      const health = await runHere(['health', '--port', port], { HOST: host })
      t.match(health, { code: 0, stdout: 'up\n' }, 'the health command looks at the same place')
      program.process.kill('SIGTERM')
      const { code, stderr } = await program.exit
      t.equal(code, 0)
      for (const text of [stderr, health.stderr]) {
        t.match(
          text,
          /^wink-webhook-mock: HOST must be a host name [^\n]* \(E[A-Z]+\w*\); 127\.0\.0\.1 is used\. WINK_MOCK_HOST is for this program alone\.\n$/,
        )
      }
    }
    // A name that never resolves (RFC 6761 §6.4), and an address that no machine has (RFC 5737).
    await Promise.all(['x86_64-conda-linux-gnu.invalid', '192.0.2.1'].map(check))
  },
)

t.test(
  'reports D1: a HOST on which it can listen is used, and goes behind WINK_MOCK_HOST',
  async (t) => {
    const variables: { env: Record<string, string>; host: string }[] = [
      { env: { HOST: 'localhost' }, host: 'localhost' },
      { env: { HOST: 'x.invalid', WINK_MOCK_HOST: 'localhost' }, host: 'localhost' },
    ]
    const check = async ({ env, host }: (typeof variables)[number]): Promise<void> => {
      const program = run(t, ['--port', '0'], { ...env, WINK_MOCK_LOG_LEVEL: 'silent' })
      const { hostname, port } = new URL((await greeting(program)).url)
      t.equal(hostname, host)
      const health = await runHere(['health', '--port', port], env)
      t.match(health, { code: 0, stdout: 'up\n', stderr: '' })
      program.process.kill('SIGTERM')
      t.match(await program.exit, { code: 0, stderr: '' })
    }
    const unusable = run(t, ['--port', '0'], { WINK_MOCK_HOST: 'x.invalid' })
    await Promise.all(variables.map(check))
    t.match(await unusable.exit, {
      code: 1,
      stderr: /^wink-webhook-mock: cannot listen on port 0 of x\.invalid: /,
    })
  },
)

t.test('help and version', async (t) => {
  t.match(await runHere(['--help']), {
    code: 0,
    stdout: /^wink-webhook-mock: .*Usage: /s,
    stderr: '',
  })
  t.match(await runHere(['--version']), { code: 0, stdout: /^\d+\.\d+\.\d+\n$/, stderr: '' })
})

t.test('the exit code of trigger is 1 if no webhook gets the event', async (t) => {
  const { url } = await listening(t)
  const argv = ['trigger', 'booking.create', '--managing-entity', entity, '--url', url]
  t.match(await runHere(argv), { code: 1, stdout: /^booking\.create, event /, stderr: '' })
})

t.test('what stops the start is one line on stderr', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1')
  t.teardown(() => taken.close())
  await once(taken, 'listening')
  const port = String((taken.address() as AddressInfo).port)
  const folder = t.testdir({ 'shape.json': '{"tokens":[{}]}' })
  const cases: { argv: string[]; code: number; says: RegExp }[] = [
    { argv: ['--port', 'x'], code: 2, says: /--port must be a whole number/ },
    { argv: ['--data-json', 'null'], code: 2, says: /--data-json: # must be an object/ },
    {
      argv: ['--data', `${folder}/shape.json`],
      code: 2,
      says: /shape\.json: #\/tokens\/0\/token must be present/,
    },
    {
      argv: ['--port', port],
      code: 1,
      says: /port \d+ on 127\.0\.0\.1 is in use; choose another/,
    },
    {
      argv: ['--port', '0', '--host', '192.0.2.1'],
      code: 1,
      says: /cannot listen on port 0 of 192\.0\.2\.1: .*EADDRNOTAVAIL/,
    },
  ]
  for (const { argv, code, says } of cases) {
    const name = argv.join(' ')
    const exit = await runHere(argv)
    t.equal(exit.code, code, name)
    t.match(exit.stderr, /^wink-webhook-mock: [^\n]+\n$/, `${name}: one line, no stack`)
    t.match(exit.stderr, says, name)
    t.equal(exit.stdout, '', name)
  }
})

t.test('a log or an output that nobody reads takes nothing down', async (t) => {
  const check = async (closed: 'stdout' | 'stderr'): Promise<void> => {
    const program = run(t, ['--port', '0'])
    const { url } = await greeting(program)
    program.process[closed].destroy()
    for (let count = 0; count < 20; count += 1) t.equal((await create(url)).status, 201, closed)
    program.process.kill('SIGTERM')
    t.match(await program.exit, { code: 0 }, closed)
  }
  await Promise.all([check('stdout'), check('stderr')])
})
