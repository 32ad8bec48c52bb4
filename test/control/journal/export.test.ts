import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import t from 'tap'
import type { Har, JournaledRequest } from '../../../src/index.ts'
import { harViolations } from '../../fixtures/har-validator.ts'
import { entity, validBody, webhooksOf } from '../../fixtures/requests.ts'
import { sandbox } from '../../fixtures/sandbox.ts'
import { tokenRequest } from '../../fixtures/tokens.ts'
import { exchange, listening, requestText } from '../../fixtures/wire.ts'

const run = promisify(execFile)
const path = webhooksOf(entity)
const create = `POST ${path} HTTP/1.1`
const idHeader = 'x-wink-mock-request-id'

/** A sandbox with one request of each sort: carried out, refused, unanswered, with a secret, and not HTTP. */
async function recorded(t: Parameters<typeof listening>[0]) {
  const server = await listening(t)
  await exchange(t, server, requestText())
  await exchange(t, server, requestText(create, {}, '{"enabled":1}'))
  server.faults.arm({ effect: { connection: 'empty-response' } })
  await exchange(t, server, requestText())
  await server.app.inject({ ...tokenRequest(), method: 'POST' })
  await exchange(t, server, requestText('GET /api//me:s3cr3t@a.example/{x} HTTP/1.1', {}, ''))
  await exchange(t, server, 'NONSENSE\r\n\r\n')
  return server
}

t.test('an archive is HAR 1.2, without secrets and without what is not HTTP', async (t) => {
  const server = await recorded(t)
  const response = await fetch(`${server.url}/__admin/requests?format=har`)
  t.equal(response.headers.get('content-type'), 'application/har+json')
  const har = (await response.json()) as Har
  t.strictSame(harViolations(har), [])
  t.strictSame(har, server.requests.har())
  t.notMatch(JSON.stringify(har), /s3cr3t|some-token/)
  t.match(har.log.creator, { name: 'wink-webhook-mock' })
  t.match(har.log.entries, [
    {
      request: {
        method: 'POST',
        url: server.url + path,
        headers: [{ name: 'host', value: 'sandbox' }],
        postData: { mimeType: 'application/json', text: JSON.stringify(validBody) },
      },
      response: { status: 201, statusText: 'Created', content: { mimeType: 'application/json' } },
    },
    { response: { status: 400 }, comment: /body-schema: The body breaks .*#\/enabled must be/s },
    { response: { status: 0, content: { size: 0 }, bodySize: -1 } },
    { response: { content: { text: /"access_token":"\[masked\]"/ } } },
    { request: { url: /\/api\/\/me:%5Bmasked%5D@a\.example\/%7Bx%7D$/ } },
  ])
  t.equal(har.log.entries.length, 5)
})

t.test('a broken validator would be noticed', (t) => {
  const log = { version: '1.2', creator: { name: 'x', version: '1' }, entries: [{}] }
  t.not(harViolations({ log }).length, 0)
  t.end()
})

t.test('a request began before its answer, by its duration', async (t) => {
  const server = await recorded(t)
  const [request] = server.requests.find() as [JournaledRequest]
  const [entry] = server.requests.har().log.entries
  t.equal(entry?.time, request.durationMs)
  const began = Date.parse(request.time) - request.durationMs
  t.equal(entry?.startedDateTime, new Date(began).toISOString())
})

t.test('a transcript is an .http file: requests with variables, answers as comments', async (t) => {
  const server = await recorded(t)
  await exchange(t, server, requestText(create, { 'x-api-key': 's3cr3t' }))
  const response = await fetch(`${server.url}/__admin/requests?format=http`)
  t.equal(response.headers.get('content-type'), 'text/plain; charset=utf-8')
  const text = await response.text()
  t.equal(text, server.requests.http())
  t.notMatch(text, /s3cr3t|some-token/)
  const [first, answer, refused] = text.split(/^### /m).slice(1)
  t.match(
    first,
    `POST ${server.url}${path} HTTP/1.1\nauthorization: Bearer {{WINK_TOKEN}}\ncontent-type: application/json\nwink-version: 2.0\n\n${JSON.stringify(validBody)}\n`,
  )
  t.match(answer, /^201 Created\n# content-type: application\/json\n(?:# .*\n)+#\n# \{.*\}\n/)
  t.match(refused, /^# body-schema: .*\n(?:# .*\n)*# #\/enabled must be true or false$/m)
  t.match(text, /^x-api-key: \{\{WINK_X_API_KEY\}\}$/m)
  t.match(text, /^### no answer$/m)
  t.match(text, /^### .* not HTTP\n# request .*\n# http-message: /m)
})

t.test('nothing that a request holds is run by the tools for .http files', async (t) => {
  const server = await listening(t)
  const bodies = ['x\n### y', '< /etc/passwd', '> {% evil() %}', '{{$processEnv HOME}}', '# x']
  for (const body of bodies) await exchange(t, server, requestText(create, {}, body))
  await exchange(t, server, requestText(create, { 'x-note': '{{$processEnv HOME}}' }))
  const lines = server.requests.http().split('\n')
  const active = lines.filter((line) => /^\s*[<>]|^(?!#).*\{\{(?!WINK_)/.test(line))
  t.strictSame(active, [])
  for (const body of bodies) t.ok(lines.includes(`# ${String(body.split('\n').at(-1))}`), body)
  const heads = lines.filter((line) => line.startsWith('###'))
  t.equal(heads.length, 3 * bodies.length + 2, 'two for a request, and one for a body as comment')
})

const odd = { name: 'It\'s "odd" $HOME `id` \\ \n! é', enabled: true }

t.test('a curl command sends the request again', async (t) => {
  const server = await listening(t)
  const bytes = requestText(
    create,
    { 'x-empty': '', 'x-odd': `a'b"c$HOME\`id\`\\` },
    JSON.stringify({
      ...validBody,
      ...odd,
    }),
  )
  for (const sent of [
    bytes,
    requestText(create, {}, '@/etc/passwd'),
    requestText(create, {}, "it's\nno JSON"),
    requestText(`GET ${path}/list HTTP/1.1`, {}, ''),
    requestText('GET /api/../api/./x/{a}[b]?c HTTP/1.1', {}, ''),
    requestText(`HEAD ${path}/list HTTP/1.1`, {}, ''),
    requestText(create, {}).replace(/content-type: .*\r\n/, ''),
    requestText(`DELETE ${path}/x HTTP/1.1`, { prefer: 'code=503' }, ''),
  ]) {
    server.requests.clear()
    await exchange(t, server, sent)
    const [first] = server.requests.find() as [JournaledRequest]
    const response = await fetch(`${server.url}/__admin/requests/${first.id}/curl`)
    t.equal(response.headers.get('content-type'), 'text/plain; charset=utf-8')
    const command = await response.text()
    t.equal(command, server.requests.curl(first.id))
    const { stdout } = await run('sh', ['-c', command], { env: { WINK_TOKEN: 'some-token' } })
    t.match(stdout, new RegExp(`^HTTP/1\\.1 ${String(first.status)} `), command)
    const [, again] = server.requests.find() as [JournaledRequest, JournaledRequest]
    const seen = ({ method, path, body, headers, status }: JournaledRequest) => {
      const { host, connection, accept, 'user-agent': agent, ...others } = headers
      t.ok(host ?? connection ?? accept ?? agent)
      return { method, path: decodeURI(String(path)), body, status, headers: others }
    }
    const expected = seen(first)
    const { 'content-length': length, ...headers } = expected.headers
    t.match(seen(again), { ...expected, headers: length === '0' ? headers : expected.headers })
  }
})

t.test('a curl command has the method as it was, and an empty body', async (t) => {
  const server = await listening(t)
  const chunked = requestText(create, { 'transfer-encoding': 'chunked' }, '0\r\n\r\n')
  await exchange(t, server, chunked.replace(/content-length: .*\r\n/, ''))
  await exchange(t, server, requestText(`M-SEARCH ${path} HTTP/1.1`, {}, ''))
  const [empty, search] = server.requests.find().map(({ id }) => server.requests.curl(id))
  t.match(empty, /^curl -i -X POST .* --data-raw ''$/)
  t.match(search, /^curl -i -X 'M-SEARCH' /)
})

t.test('masked secrets are variables of the shell', async (t) => {
  const { app } = sandbox(t)
  const headers = { 'x-api-key': 's3cr3t', cookie: 'a=s3cr3t', authorization: undefined }
  const form = { client_id: 'me', client_secret: 's3cr3t', scope: 'account.read' }
  await app.inject({ ...tokenRequest(form, headers), method: 'POST' })
  await app.inject({ ...tokenRequest(), method: 'POST' })
  await app.inject('/api/x;access_token=s3cr3t')
  await app.inject('/api//:s3cr3t@a.example')
  const [first, second, third, fourth] = app.control.requests
    .find()
    .map(({ id }) => app.control.requests.curl(id))
  t.match(first, `-H 'x-api-key: '"$WINK_X_API_KEY"`)
  t.match(first, `-H 'cookie: '"$WINK_COOKIE"`)
  t.match(first, `client_secret='"$WINK_CLIENT_SECRET"'&scope=account.read'`)
  t.match(second, `-H 'authorization: Basic '"$WINK_BASIC"`)
  t.match(third, `/api/x;access_token='"$WINK_ACCESS_TOKEN"`)
  t.match(fourth, `/api//:'"$WINK_SECRET"'@a.example'`, 'a secret without a name')
  t.notMatch([first, second, third, fourth].join('\n'), 's3cr3t')
})

t.test('a request that curl cannot send again is 409, which says why', async (t) => {
  const server = await listening(t)
  const refused: [string, RegExp][] = [
    ['NONSENSE\r\n\r\n', /It is not HTTP/],
    [requestText(create, {}, 'x'.repeat(17_000)), /only the first 16 KiB/],
    [requestText(create, {}, 'a\0b'), /bytes that a shell cannot hold/],
  ]
  for (const [bytes, reason] of refused) {
    const { head } = await exchange(t, server, bytes)
    const id = /^x-wink-mock-request-id: (\S+)\r?$/im.exec(head)?.[1] ?? ''
    const response = await fetch(`${server.url}/__admin/requests/${id}/curl`)
    t.equal(response.status, 409)
    t.match(await response.json(), { detail: reason })
    t.throws(() => server.requests.curl(id), { problem: 'conflict', message: reason })
  }
  const unknown = '9e1f0a5b-69d5-4b8a-83c2-9e6f4a1b8d34'
  t.equal((await fetch(`${server.url}/__admin/requests/${unknown}/curl`)).status, 404)
})

t.test('URLs are those by which the sandbox is reached', async (t) => {
  const { app, create: send } = sandbox(t, { publicUrl: 'https://wink.example/mock' })
  const id = String((await send()).headers[idHeader])
  const url = `https://wink.example/mock${path}`
  t.match(app.control.requests.curl(id), `'https://wink.example/mock${path}'`)
  t.match(app.control.requests.http(), `POST ${url} HTTP/1.1`)
  t.equal(app.control.requests.har().log.entries[0]?.request.url, url)
})

t.test('a body without a media type, and an answer without a body', async (t) => {
  const server = await listening(t)
  const untyped = requestText(create, {}, '{}').replace(/content-type: .*\r\n/, '')
  await exchange(t, server, untyped)
  await exchange(t, server, requestText(`HEAD ${path}/list HTTP/1.1`, {}, ''))
  t.match(server.requests.har().log.entries, [
    { request: { postData: { mimeType: '', text: '{}' } } },
    { response: { status: 200, content: { text: undefined } } },
  ])
  const heads = server.requests.http().split(/^### /m)
  t.match(heads.at(-1), /^200 OK\n(?:# [\w-]+: .*\n)+\n$/, 'header fields alone')
})
