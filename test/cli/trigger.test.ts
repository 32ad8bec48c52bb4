import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { helpText } from '../../src/cli/help.ts'
import { version } from '../../src/version.ts'
import { run, runHere } from '../fixtures/program.ts'
import { nobody, receiver } from '../fixtures/receiver.ts'
import { entity, otherEntity } from '../fixtures/requests.ts'
import { answering, command, subscribed, triggered } from '../fixtures/trigger.ts'

t.test('it prints a line for each attempt, and the verdict', async (t) => {
  const { url } = await subscribed(t)
  const target = await answering(t, 503)
  const flags = ['--deliver-to', target.url, '--copies', '2']
  const { code, stdout, stderr } = await runHere(command(url, ...flags))
  t.match({ code, stderr }, { code: 0, stderr: '' })
  const [title, ...lines] = stdout.split('\n')
  t.match(title, /^booking\.create, event [\da-f-]{36}$/)
  t.strictSame(
    lines.map((line) => line.replace(/\(\d+ ms\)$/, '(… ms)')),
    [
      `${target.url}/hook?a=1`,
      '  attempt 1: 503 (… ms)',
      '  attempt 2: 200 (… ms)',
      '  delivered. It answered 200. It answered 503: it failed.',
      `${target.url}/hook?a=1, copy 2`,
      '  attempt 1: 200 (… ms)',
      '  delivered. It answered 200.',
      '',
    ],
  )
})

t.test('the object comes from a file or from stdin', async (t) => {
  const target = await answering(t)
  const { url } = await subscribed(t, [{}], { deliverTo: target.url })
  const file = join(t.testdir({ 'booking.json': '{"booking":"ABC"}' }), 'booking.json')
  t.match(await triggered(command(url, '--object', file)), { isDelivered: true })
  const fromStdin = command(url, '--object', '-')
  const input = openSync(file, 'r')
  t.match(await run(t, fromStdin, {}, input).exit, { code: 0 })
  closeSync(input)
  t.match(await triggered(fromStdin, {}, '{"booking":"DEF"}'), { isDelivered: true })
  t.match(await triggered(command(url)), { isDelivered: true })
  t.match(
    target.bodies,
    ['ABC', 'ABC', 'DEF'].map((booking) => ({ object: { booking } })),
  )
  t.strictSame((target.bodies[3] as { object: unknown }).object, {})
})

t.test('exit code 1: what was due has not been delivered', async (t) => {
  const { url } = await subscribed(t)
  const flags = ['--deliver-to', await nobody()]
  t.match(await runHere(command(url, ...flags)), {
    code: 1,
    stdout: new RegExp(
      [
        '  attempt 3: nobody listens at 127.0.0.1:\\d+ \\(\\d+ ms\\)',
        '  failed. Nothing reached it: nobody listens at 127.0.0.1:\\d+.',
      ].join('\n'),
    ),
  })
  t.match(await triggered(command(url)), {
    isDelivered: false,
    stdout: /\n {2}skipped: no-receiver\. No receiver is named\. /,
  })
  const other = command(url).with(3, otherEntity)
  t.match(await triggered(other), { isDelivered: false, stdout: /\nhint: \S/ }, 'no webhook')
})

t.test('a webhook that is disabled or does not subscribe is not due', async (t) => {
  const target = await answering(t)
  const others = [{ enabled: false }, { eventList: ['managing_entity.created'] }]
  const options = { deliverTo: target.url }
  const { url } = await subscribed(t, [{}, ...others], options)
  const { isDelivered, stdout } = await triggered(command(url))
  t.ok(isDelivered)
  for (const state of ['delivered', 'skipped: disabled', 'skipped: not-subscribed']) {
    t.match(stdout, `\n  ${state}.`)
  }
  t.equal(target.bodies.length, 1)

  const none = await subscribed(t, others, options)
  t.match(await triggered(command(none.url)), { isDelivered: false }, 'nothing was delivered')
})

t.test('the sandbox forgets the delivery: it counts as not delivered', async (t) => {
  const url = await receiver(t, () => {
    sandbox.reset()
  })
  const sandbox = await subscribed(t, [{}], { deliverTo: url })
  t.match(await triggered(command(sandbox.url)), { isDelivered: false, stdout: /^booking/ })
})

t.test('the sandbox ends before the delivery: exit code 1', async (t) => {
  const url = await receiver(t, () => {
    void sandbox.close()
  })
  const sandbox = await subscribed(t, [{}], { deliverTo: url })
  await t.rejects(triggered(command(sandbox.url)), {
    name: 'SandboxError',
    message: sandbox.url,
  })
})

t.test('no sandbox, or no token: exit code 1, and what to do', async (t) => {
  const url = await nobody()
  t.match(await runHere(command(url)), {
    code: 1,
    stdout: '',
    stderr: new RegExp(
      `^wink-webhook-mock: no sandbox answers at ${url}: nobody listens at .*--url, --port-file or --port\n$`,
    ),
  })
  await t.rejects(triggered(command(url)), { exitCode: 1, message: /^no sandbox answers at / })
  const guarded = await subscribed(t, [], { adminToken: 'admin-secret' })
  await t.rejects(triggered(command(guarded.url)), {
    exitCode: 1,
    message: `the sandbox at ${guarded.url} takes no request without its admin token: give it with --admin-token or WINK_MOCK_ADMIN_TOKEN`,
  })
  await t.rejects(triggered([...command(guarded.url), '--admin-token', 'other']), {
    exitCode: 1,
    message: `the token given is not the admin token of the sandbox at ${guarded.url}: give that with --admin-token or WINK_MOCK_ADMIN_TOKEN`,
  })
  const variables = { WINK_MOCK_ADMIN_TOKEN: 'admin-secret', WINK_MOCK_URL: guarded.url }
  t.match(await triggered(['trigger', 'booking.create', '--managing-entity', entity], variables), {
    stdout: /^booking\.create, event /,
  })
})

t.test('the sandbox may refuse the event: its own sentence, and the exit code', async (t) => {
  const { url } = await subscribed(t, [], { switches: { unknownEventNames: 'refuse' } })
  await t.rejects(triggered(['trigger', 'booking.creates', ...command(url).slice(2)]), {
    exitCode: 2,
    message: /booking\.create\b/,
  })
  const busy = await receiver(t, (_request, response) => {
    const detail = 'Too much.'
    const refusal = { type: 'about:blank', title: 'Conflict', status: 409, detail }
    response.writeHead(_request.url === '/__admin/health' ? 200 : 409)
    response.end(
      JSON.stringify(_request.url === '/__admin/health' ? { status: 'up', version } : refusal),
    )
  })
  await t.rejects(triggered(command(busy)), { exitCode: 1, message: `${busy}: Too much.` })
})

t.test('a wrong option: exit code 2, and one line that says what is wrong', async (t) => {
  const { url } = await subscribed(t, [])
  const file = join(t.testdir({ 'broken.json': '{"a":' }), 'broken.json')
  const wrong = await runHere(command(url, '--copies', '11'))
  t.strictSame(wrong, {
    code: 2,
    stdout: '',
    stderr: 'wink-webhook-mock: --copies must be a whole number from 1 to 10, not "11"\n',
  })
  for (const [argv, message] of [
    [['trigger'], 'trigger takes one event type, such as: trigger booking.create'],
    [['trigger', 'a', 'b'], 'trigger takes one event type, such as: trigger booking.create'],
    [
      ['trigger', 'a'],
      'trigger needs --managing-entity: the identifier of the one whose webhooks get the event; or --webhook',
    ],
    [command(url, '--deliver-to', 'localhost:3000'), /^--deliver-to must be a base URL /],
    [
      command(url, '--header', 'X-Key SECRET'),
      '--header must be "Name: value"; one has no name with a colon behind it',
    ],
    [command(url, '--header', 'X-A: 1', '--header', 'X-A: 2'), '--header names X-A twice'],
    [command(url, '--retry-delays', 'x'), /^--retry-delays must be at most 10 whole numbers/],
    [command(url, '--sign', 'whsec_s3cr3t'), /^--sign must be a secret of Standard Webhooks[^3]*$/],
    [command(url, '--webhook', 'x'), /^--webhook must be a UUID/],
    [command(url, '--object', '/no/such/file'), '/no/such/file: cannot be read (ENOENT)'],
    [command(url, '--object', file), /broken\.json: is not JSON; /],
    [command(url, '--objects', file), /^Unknown option '--objects'/],
  ] as const) {
    await t.rejects(triggered(argv), { exitCode: 2, message }, argv.join(' '))
  }
})

t.test('--help and --version', async (t) => {
  const { stdout } = await triggered(['trigger', '--help'])
  for (const flag of [
    'managing-entity',
    'webhook',
    'object',
    'deliver-to',
    'copies',
    'retry-delays',
    'sign',
    'header',
    'url',
    'host',
    'port, -p',
    'admin-token',
  ]) {
    t.match(stdout, `  --${flag} <`)
  }
  t.match(
    stdout,
    /Exit code 0: .* at least one; 1: not, or no sandbox .*\n2: .*a file that cannot/s,
  )
  t.match(helpText(), /\n {2}trigger TYPE {4}have it deliver an event\n/)
  t.strictSame(await triggered(['trigger', '--version']), { isDelivered: true, stdout: version })
})
