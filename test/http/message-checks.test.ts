import t from 'tap'
import { buildApp, type Problem } from '../../src/index.ts'
import { entity, validHeaders, webhooksOf } from '../fixtures/requests.ts'
import { exchange, listening, requestText } from '../fixtures/wire.ts'
import { fastifyOf } from '../fixtures/sandbox.ts'

const create = `POST ${webhooksOf(entity)} HTTP/1.1`
const withoutHost = (request: string): string => request.replace(/^host:.*\r\n/m, '')
const coded = (request: string): string =>
  request
    .replace(/content-length: \d+/, 'transfer-encoding: gzip, chunked')
    .replace(/\r\n\r\n.*$/s, '\r\n\r\n0\r\n\r\n')

t.test('a refusal of the message itself comes before all checks (CONTRACT §1)', async (t) => {
  const server = await listening(t)
  const breaks = [
    { name: 'nothing', line: create, headers: {} },
    { name: 'a scripted fault', line: create, headers: { prefer: 'code=409' } },
    { name: 'authentication', line: create, headers: { authorization: 'none' } },
    { name: 'the path', line: 'POST /api/nothing HTTP/1.1', headers: {} },
    { name: 'the method', line: create.replace('POST', 'PUT'), headers: {} },
    { name: 'the media type', line: create, headers: { 'content-type': 'text/plain' } },
    { name: 'Wink-Version', line: create, headers: { 'wink-version': '1.0' } },
  ]
  for (const { name, line, headers } of breaks) {
    const request = requestText(line, headers)
    t.equal((await exchange(t, server, withoutHost(request))).status, 400, `no Host: ${name}`)
    t.equal((await exchange(t, server, coded(request))).status, 501, `coding: ${name}`)
  }
  t.strictSame(server.webhooks.list(), [])
})

t.test('a target that cannot be decoded is 400, whatever its transfer coding', async (t) => {
  const server = await listening(t)
  const answer = await exchange(t, server, coded(requestText('POST /api/%zz HTTP/1.1')))
  t.equal(answer.status, 400)
  t.match(answer.body, /"The path cannot be decoded/)
})

t.test('while the sandbox closes, 503 comes before all checks (CONTRACT §1)', async (t) => {
  const app = fastifyOf(buildApp())
  t.teardown(() => app.close())
  const refused: RequestInit[] = [
    { method: 'POST', headers: { ...validHeaders, authorization: 'none' } },
    { method: 'PUT', headers: validHeaders },
    { method: 'POST', headers: { ...validHeaders, prefer: 'code=409' } },
    { method: 'POST', headers: { ...validHeaders, 'content-type': 'text/plain' }, body: '{' },
  ]
  const statuses: number[] = []
  app.register((later, _options, done) => {
    later.addHook('preClose', async () => {
      for (const request of refused) {
        statuses.push((await fetch(url + webhooksOf(entity), request)).status)
      }
    })
    done()
  })
  const url = await app.listen()
  await app.close()
  t.strictSame(
    statuses,
    refused.map(() => 503),
  )
})

t.test('a problem has no instance where the parser knew no path (CONTRACT §4)', async (t) => {
  const server = await listening(t)
  const cases = [
    'NONSENSE\r\n\r\n',
    '\x16\x03\x01\x00\xee\x01',
    requestText('GET /a b HTTP/1.1'),
    requestText(create, { 'content-length': '5x' }),
    requestText(create, { 'x-long': 'x'.repeat(17_000) }),
  ]
  for (const bytes of cases) {
    const { body } = await exchange(t, server, bytes)
    const problem = JSON.parse(body) as Problem
    t.strictSame(Object.keys(problem), ['type', 'title', 'status', 'detail'])
  }
  const known = await exchange(t, server, withoutHost(requestText(create)))
  t.equal((JSON.parse(known.body) as Problem).instance, webhooksOf(entity))
})

t.test('header fields of answers are those of Wink, and one of the sandbox', async (t) => {
  const server = await listening(t)
  const usual = ['connection', 'content-length', 'content-type', 'date', 'keep-alive']
  const own = 'x-wink-mock-request-id'
  const namesOf = (head: string): string[] =>
    head
      .split('\r\n')
      .slice(1)
      .map((line) => String(line.split(':')[0]).toLowerCase())
  const list = `GET ${webhooksOf(entity)}/list HTTP/1.1`
  const cases: { request: string; others: string[] }[] = [
    { request: requestText(), others: [] },
    { request: requestText(list, {}, ''), others: [] },
    { request: requestText(create, {}, 'null'), others: [] },
    { request: requestText(create, { authorization: 'none' }), others: ['www-authenticate'] },
    { request: requestText('PUT' + create.slice(4)), others: ['allow'] },
    { request: requestText(create, { 'content-type': 'a/b' }), others: ['accept'] },
    {
      request: requestText(create, { prefer: 'code=503' }),
      others: ['retry-after', 'preference-applied'],
    },
  ]
  for (const { request, others } of cases) {
    const { head } = await exchange(t, server, request)
    const names = namesOf(head).filter((name) => !usual.includes(name))
    t.strictSame(names.sort(), [own, ...others].sort(), head)
  }
  const silent = await listening(t, { maxJournalEntries: 0 })
  const { head } = await exchange(t, silent, requestText())
  t.notOk(namesOf(head).includes(own), '--max-journal-entries 0')
})

t.test('of two Content-Type fields Node.js keeps the first (CONTRACT §2)', async (t) => {
  const server = await listening(t)
  const cases = [
    { types: ['application/json', 'text/plain'], status: 201 },
    { types: ['text/plain', 'application/json'], status: 415 },
  ]
  for (const { types, status } of cases) {
    const request = requestText(create, { 'content-type': types.join('\r\ncontent-type: ') })
    t.equal((await exchange(t, server, request)).status, status, types.join())
  }
})
