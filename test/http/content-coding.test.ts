import { brotliCompressSync, deflateRawSync, gzipSync } from 'node:zlib'
import t from 'tap'
import { validBody } from '../fixtures/requests.ts'
import { problemOf, sandbox } from '../fixtures/sandbox.ts'

const json = JSON.stringify(validBody)
const undecoded = (coding: string): string =>
  `Content-Encoding ${coding} is not decoded; send the body without it.`
const hint = (coding: string): string =>
  `Content-Encoding ${coding} was not decoded; the body was taken as it came.`

t.test('reports D3: a body with a coding that cannot be read is 400, which names it', async (t) => {
  const { create, app } = sandbox(t)
  const cases = [
    { coding: 'gzip', payload: gzipSync(json) },
    { coding: 'br', payload: brotliCompressSync(json) },
    { coding: 'deflate', payload: deflateRawSync(json) },
    { coding: 'gzip, x-own', payload: gzipSync(json) },
  ]
  for (const { coding, payload } of cases) {
    const response = await create({ payload, headers: { 'content-encoding': coding } })
    t.equal(response.statusCode, 400)
    const { detail } = problemOf(t, response)
    t.match(detail, /^The body is not JSON: /)
    t.ok(detail.endsWith(`. ${undecoded(coding)}`), detail)
    const control = { method: 'POST', url: '/__admin/tenants', payload } as const
    const headers = { 'content-type': 'application/json', 'content-encoding': coding }
    const refused = await app.inject({ ...control, headers })
    t.equal(refused.statusCode, 400)
    t.ok(problemOf(t, refused).detail.endsWith(undecoded(coding)), 'the control API too')
  }
  const strange = await create({ payload: '{', headers: { 'content-encoding': 'x'.repeat(99) } })
  t.ok(problemOf(t, strange).detail.endsWith(undecoded('(a strange one)')))
})

t.test('reports D3: what can be read all the same gets a hint', async (t) => {
  const { create, app } = sandbox(t)
  const cases = [
    { coding: 'gzip', hints: [hint('gzip')] },
    { coding: 'GZIP, identity', hints: [hint('GZIP')] },
    { coding: 'identity', hints: [] },
    { coding: 'Identity', hints: [] },
    { coding: '', hints: [] },
  ]
  for (const { coding, hints } of cases) {
    const payload = JSON.stringify({ ...validBody, eventList: [] })
    const { statusCode } = await create({ payload, headers: { 'content-encoding': coding } })
    t.equal(statusCode, 201, coding)
    t.same(app.control.requests.find().at(-1)?.diagnosis.hints, hints)
  }
  await app.inject({ url: '/api', headers: { 'content-encoding': 'gzip' } })
  t.same(app.control.requests.find().at(-1)?.diagnosis.hints, [], 'without a body there is none')
})

t.test('reports D3: a token request with a coding', async (t) => {
  const { app } = sandbox(t)
  const form = 'grant_type=client_credentials'
  const ask = (url: string, payload: string | Buffer, coding: string) =>
    app.inject({
      method: 'POST',
      url,
      payload,
      headers: {
        authorization: 'Basic YTpi',
        'content-type': 'application/x-www-form-urlencoded',
        'content-encoding': coding,
      },
    })
  for (const url of ['/oauth2/token', '/oauth2/revoke']) {
    const refused = await ask(url, gzipSync(form), 'gzip')
    t.equal(refused.statusCode, 400)
    t.same(refused.json(), {
      error: 'invalid_request',
      error_description: `The body is no form. ${undecoded('gzip')}`,
    })
  }
  t.equal((await ask('/oauth2/token', form, 'gzip')).statusCode, 200)
  t.match(app.control.requests.find().at(-1)?.diagnosis.hints, [hint('gzip')])
  t.match((await ask('/oauth2/token', '', 'gzip')).json(), { error_description: /grant_type/ })
  t.match((await ask('/oauth2/token', 'x=y', 'identity')).json(), {
    error_description: /grant_type/,
  })
})

t.test(
  'reports D8: a blank too many in scope is invalid_scope, and named (RFC 6749 §3.3)',
  async (t) => {
    const { app } = sandbox(t)
    const blank =
      'The parameter scope has a blank too many: separate scopes by one blank each, and by nothing else.'
    const cases = [
      { scope: 'account.read account.write ', says: blank },
      { scope: ' account.read', says: blank },
      { scope: 'account.read  account.write', says: blank },
      { scope: 'account.read\taccount.write', says: blank },
      { scope: 'account.read\n', says: blank },
      {
        scope: 'account.read,account.write',
        says: 'The parameter scope has a comma: separate scopes by one blank each.',
      },
      {
        scope: 'everything',
        says: 'The parameter scope has a name that is no scope of Wink. Its scopes are SECTION.ACTION, where SECTION is one of account, inventory, booking, marketing, content, analytics, integrations, payment, accounting, mcp, and ACTION one of read, write, remove.',
      },
    ]
    for (const { scope, says } of cases) {
      const response = await app.inject({
        method: 'POST',
        url: '/oauth2/token',
        headers: {
          authorization: 'Basic YTpi',
          'content-type': 'application/x-www-form-urlencoded',
        },
        payload: new URLSearchParams({ grant_type: 'client_credentials', scope }).toString(),
      })
      t.equal(response.statusCode, 400)
      t.same(response.json(), { error: 'invalid_scope', error_description: says }, scope)
    }
  },
)

t.test('a refusal names the switch or the setting that would avoid it (CONTRACT §4)', async (t) => {
  const data = { managingEntities: [], tokens: [{ token: 'some-token' }], clients: [] }
  const { create, app } = sandbox(t, { data })
  const other = sandbox(t)
  const mismatch = {
    ...validBody,
    entity: { identifier: app.control.tenants.create().managingEntityIdentifier, name: 'x' },
  }
  const answers = [
    { response: await create({ headers: { 'wink-version': '1' } }), says: '--wink-version ignore' },
    { response: await other.create({ payload: mismatch }), says: '--entity-mismatch path-wins' },
    { response: await create(), says: 'managingEntities of --data' },
    {
      response: await create({ headers: { authorization: 'Bearer x' } }),
      says: 'tokens of --data',
    },
  ]
  for (const { response, says } of answers) t.ok(problemOf(t, response).detail.includes(says), says)
  const token = await app.inject({
    method: 'POST',
    url: '/oauth2/token',
    headers: { authorization: 'Basic YTpi', 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'grant_type=client_credentials',
  })
  t.match(token.json(), { error_description: /clients of --data/ })
})
