import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import t from 'tap'
import { createRequest, webhooksOf, entity } from '../fixtures/requests.ts'
import { run, runHere } from '../fixtures/program.ts'
import { receiver } from '../fixtures/receiver.ts'
import { exchange, listening, requestText } from '../fixtures/wire.ts'
import type { Sandbox } from '../../src/index.ts'

const path = webhooksOf(entity)
const eventStream = { 'content-type': 'text/event-stream' }
const send = (server: Sandbox, overrides: Parameters<typeof createRequest>[0] = {}) =>
  server.app.inject(createRequest(overrides))

t.test('requests prints the requests that the journal holds, and ends', async (t) => {
  const server = await listening(t, { adminToken: 's3cr3t' })
  await send(server)
  const payload = '{"name":1,"enabled":1,"eventList":["booking.created"]}'
  const { headers } = await send(server, { payload })
  server.faults.arm({ effect: { status: 503 } })
  await send(server)
  server.faults.arm({ effect: { connection: 'empty-response' } })
  await exchange(t, server, requestText())
  await exchange(t, server, 'NONSENSE\r\n\r\n')
  const flags = ['--url', `${server.url}/`, '--admin-token', 's3cr3t']
  const { code, stdout, stderr } = await runHere(['requests', ...flags])
  t.match({ code, stderr }, { code: 0, stderr: '' })
  const [created, refused, ...others] = stdout.split('\n')
  t.match(created, new RegExp(`^\\[\\S+Z\\] POST ${path} 201 [\\d.]+ ms [-\\da-f]{36}$`))
  const id = String(headers['x-wink-mock-request-id'])
  t.match(refused, new RegExp(`POST ${path} 400 [\\d.]+ ms ${id} The body breaks \\d rules`))
  t.match(others.slice(0, 5), [
    /^ {4}#\/\w+ must be /,
    /^ {4}#\/\w+ must be /,
    /^ {4}#\/\w+ must be /,
    /^ {4}(?:and \d more|hint: )/,
    /^ {4}hint: /,
  ])
  t.match(stdout, /POST \S+ 503 .* A fault acted\.\n/)
  t.match(stdout, /POST \S+ no answer .* A fault acted\.\n/)
  t.match(stdout, /\] not HTTP 400 /)
})

t.test('requests --follow prints what is there and what comes, until Ctrl-C', async (t) => {
  const server = await listening(t)
  await send(server)
  const { port } = new URL(server.url)
  const program = run(t, ['requests', '--follow'], { PORT: port })
  const lines = program.process.stdout.setEncoding('utf8')
  t.match(String((await once(lines, 'data'))[0]), / 201 .*\n$/)
  await send(server, { payload: '{' })
  t.match(String((await once(lines, 'data'))[0]), / 400 .*\n$/)
  program.process.kill('SIGINT')
  t.match(await program.exit, { code: 0, stderr: '' })
})

t.test('requests --follow ends with the sandbox, and with a closed pipe', async (t) => {
  const server = await listening(t)
  await send(server)
  const follow = ['requests', '--follow', '--url', server.url]
  const program = run(t, follow)
  const outputs = [new PassThrough(), new PassThrough()] as const
  const [first, second] = outputs.map((output) => runHere(follow, {}, output))
  await Promise.all([program.process.stdout, ...outputs].map((output) => once(output, 'data')))
  outputs[1].destroy(new Error('write EPIPE'))
  program.process.stdout.destroy()
  server.faults.clear() // Is streamed, too, and is no request.
  await send(server)
  await send(server)
  for (const exit of [second, program.exit]) t.match(await exit, { code: 0, stderr: '' })
  await server.close()
  t.match(await first, {
    code: 0,
    stderr: `wink-webhook-mock: the sandbox at ${server.url} has ended\n`,
  })
})

t.test('requests shows a status in its colour on a terminal that has colours', async (t) => {
  const server = await listening(t)
  await send(server)
  const colors = Object.assign(new PassThrough(), { hasColors: () => true })
  const { stdout } = await runHere(['requests', '--url', server.url], {}, colors)
  t.match(stdout.replaceAll('\u001b', '^'), / \^\[32m201\^\[\d+m /)
})

t.test('requests waits for a reader that is slow', async (t) => {
  const server = await listening(t)
  for (let count = 0; count < 3; count += 1) await send(server)
  const { port } = new URL(server.url)
  const slow = new PassThrough({ highWaterMark: 1 })
  const { stdout } = await runHere(['requests'], { PORT: port }, slow)
  t.equal(stdout.match(/ 201 .*\n/g)?.length, 3)
})

t.test('requests --follow says where requests are missing', async (t) => {
  const url = await receiver(t, (_request, response) => {
    response.writeHead(200, eventStream).end('event: gap\ndata: {}\n\n')
  })
  const { stdout } = await runHere(['requests', '--follow', '--url', url])
  t.equal(stdout, '… requests are missing here\n')
})

t.test('requests --follow: a broken connection is no end of the sandbox', async (t) => {
  const url = await receiver(t, (_request, response) => {
    response.writeHead(200, eventStream)
    response.write('event: gap\ndata: {}\n\n', () => response.destroy())
  })
  t.strictSame(await runHere(['requests', '--follow', '--url', url]), {
    code: 1,
    stdout: '… requests are missing here\n',
    stderr: `wink-webhook-mock: the connection to the sandbox at ${url} broke (aborted): it was killed, or the network failed; follow it again once it is up\n`,
  })
})

t.test('requests --follow: an answer that is no event stream is from no sandbox', async (t) => {
  const page = { 'content-type': 'text/html' }
  for (const [status, headers] of [
    [200, page],
    [200, {}],
    [204, {}],
  ] as const) {
    const url = await receiver(t, (_request, response) => response.writeHead(status, headers).end())
    const stderr = `wink-webhook-mock: no sandbox answers at ${url}: answered ${status} with what no sandbox sends; start one with wink-webhook-mock, or name another with --url, --port-file or --port\n`
    const end = await runHere(['requests', '--follow', '--url', url])
    t.strictSame(end, { code: 1, stdout: '', stderr })
  }
})

t.test('requests says what is wrong', async (t) => {
  const server = await listening(t, { adminToken: 's3cr3t' })
  const cases: { argv: string[]; code: number; says: RegExp }[] = [
    { argv: ['--nothing'], code: 2, says: /--nothing.* requests --help lists the flags/ },
    { argv: ['--url', 'x'], code: 2, says: /--url must be an absolute http or https URL/ },
    {
      argv: ['--url', server.url],
      code: 1,
      says: /takes no request without its admin token: give it with --admin-token or WINK_MOCK_ADMIN_TOKEN$/m,
    },
    ...[[], ['--follow']].map((flags) => ({
      argv: [...flags, '--url', server.url, '--admin-token', 'other'],
      code: 1,
      says: /: the token given is not the admin token of the sandbox at http\S+: give that with --admin-token or WINK_MOCK_ADMIN_TOKEN$/m,
    })),
    { argv: ['--follow', '--url', server.url], code: 1, says: /without its admin token/ },
  ]
  for (const { argv, code, says } of cases) {
    const end = await runHere(['requests', ...argv])
    t.equal(end.code, code, argv.join(' '))
    t.match(end.stderr, says)
    t.match(end.stderr, /^wink-webhook-mock: [^\n]+\n$/, 'one line, no stack')
  }
})
