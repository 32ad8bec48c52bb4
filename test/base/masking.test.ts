import t from 'tap'
import { entity, webhooksOf } from '../fixtures/requests.ts'
import { sandbox } from '../fixtures/sandbox.ts'
import { exchange, listening, requestText } from '../fixtures/wire.ts'

const secret = 's3cr3t'
const create = `POST ${webhooksOf(entity)} HTTP/1.1`

/** Every answer about the journal and the faults, as text. */
async function shown(url: string): Promise<string> {
  const post = { method: 'POST', headers: { 'content-type': 'application/json' } }
  const list = await (await fetch(`${url}/__admin/requests`)).text()
  const { requests } = JSON.parse(list) as { requests: { id: string }[] }
  const others = [
    fetch(`${url}/__admin/requests/find`, post),
    fetch(`${url}/__admin/requests/wait`, post),
    fetch(`${url}/__admin/requests/wait`, { ...post, body: '{"count":1000,"timeoutMs":0}' }),
    fetch(`${url}/__admin/faults`),
    ...requests.map(({ id }) => fetch(`${url}/__admin/requests/${id}`)),
  ]
  const texts = await Promise.all(others.map(async (response) => (await response).text()))
  return [list, ...texts].join('\n')
}

const headers: { field: string; value: string; shows: string }[] = [
  { field: 'authorization', value: `Bearer ${secret}`, shows: 'Bearer [masked]' },
  { field: 'authorization', value: `bEaReR   ${secret}`, shows: 'bEaReR   [masked]' },
  { field: 'authorization', value: `Basic ${secret}=`, shows: 'Basic [masked]' },
  { field: 'authorization', value: `Digest username="${secret}"`, shows: 'Digest [masked]' },
  { field: 'authorization', value: `Negotiate ${secret}`, shows: 'Negotiate [masked]' },
  { field: 'authorization', value: `Bearer a ${secret}`, shows: 'Bearer [masked]' },
  { field: 'authorization', value: secret, shows: '[masked]' },
  { field: 'authorization', value: `${secret} x`, shows: '[masked]' },
  { field: 'authorization', value: `Bearer\t${secret}`, shows: '[masked]' },
  { field: 'authorization', value: `Bearer:${secret}`, shows: '[masked]' },
  { field: 'AUTHORIZATION', value: `Bearer "${secret}"`, shows: 'Bearer [masked]' },
  { field: 'proxy-authorization', value: `Basic ${secret}`, shows: 'Basic [masked]' },
  { field: 'x-authorization', value: secret, shows: '[masked]' },
  { field: 'cookie', value: `session=${secret}`, shows: '[masked]' },
  { field: 'x-api-key', value: secret, shows: '[masked]' },
  { field: 'apikey', value: `Bearer ${secret}`, shows: '[masked]' },
  { field: 'x-auth-token', value: secret, shows: '[masked]' },
  { field: 'x-client-secret', value: secret, shows: '[masked]' },
  { field: 'x-password', value: secret, shows: '[masked]' },
]

for (const { field, value, shows } of headers) {
  t.test(`a secret in a header is masked, whoever refuses it: ${field}: ${value}`, async (t) => {
    const server = await listening(t)
    const lines = [create, 'POST /oauth2/token HTTP/1.1', 'POST /api/%zz HTTP/1.1']
    for (const line of lines) await exchange(t, server, requestText(line, { [field]: value }))
    const broken = requestText(create, { [field]: value, 'transfer-encoding': 'chunked' }, 'zz\r\n')
    await exchange(t, server, broken.replace(/content-length: \d+\r\n/, ''))
    t.equal(server.requests.count(), 4)
    for (const { headers } of server.requests.find()) {
      const values = [headers[field.toLowerCase()]].flat()
      t.equal(values.at(-1), shows)
    }
    t.notMatch(await shown(server.url), secret)
  })
}

t.test('other headers are shown as they are', async (t) => {
  const { app, create: inject } = sandbox(t)
  await inject({ headers: { 'x-request-id': 'Bearer 1', accept: '*/*' } })
  t.match(app.control.requests.find()[0]?.headers, { 'x-request-id': 'Bearer 1', accept: '*/*' })
})

const form = 'application/x-www-form-urlencoded'
const bodies: { line?: string; type?: string; body: string; shows: string }[] = [
  {
    body: `grant_type=client_credentials&client_id=me&client_secret=${secret}&scope=a`,
    shows: 'grant_type=client_credentials&client_id=me&client_secret=[masked]&scope=a',
  },
  { body: `client%5Fsecret=${secret}`, shows: '[masked]' },
  { body: `CLIENT_SECRET=${secret}`, shows: '[masked]' },
  { body: `+client_secret=${secret}=${secret}`, shows: '[masked]' },
  { body: `%zz=${secret}&a=b`, shows: '[masked]&[masked]' },
  { body: `password=${secret}&username=me`, shows: 'password=[masked]&[masked]' },
  { body: `refresh_token=${secret}`, shows: 'refresh_token=[masked]' },
  { body: `code=${secret}&code_verifier=${secret}`, shows: 'code=[masked]&[masked]' },
  { body: `client_assertion=${secret}`, shows: 'client_assertion=[masked]' },
  { body: `assertion=${secret}`, shows: '[masked]' },
  { type: `${form}; charset=utf-8`, body: `token=${secret}&a=b`, shows: 'token=[masked]&[masked]' },
  { type: 'application/json', body: `{"client_secret":"${secret}"}`, shows: '[masked]' },
  { type: 'text/plain', body: secret, shows: '[masked]' },
  { type: '', body: `client_secret=${secret}`, shows: '[masked]' },
  {
    line: 'POST /%6Fauth2/token HTTP/1.1',
    body: `client_secret=${secret}`,
    shows: 'client_secret=[masked]',
  },
  {
    line: 'POST /oauth2 HTTP/1.1',
    body: `client_secret=${secret}`,
    shows: 'client_secret=[masked]',
  },
  { line: 'POST /oauth2?x HTTP/1.1', type: 'text/x', body: secret, shows: '[masked]' },
  { line: 'POST /oauth2/%zz HTTP/1.1', type: 'text/x', body: secret, shows: '[masked]' },
  {
    line: `POST /oauth2/token?client_secret=${secret} HTTP/1.1`,
    body: 'scope=b',
    shows: 'scope=b',
  },
]

for (const { line = 'POST /oauth2/token HTTP/1.1', type = form, body, shows } of bodies) {
  t.test(`a secret in a token request is masked: ${line} ${type} ${body}`, async (t) => {
    const server = await listening(t)
    await exchange(t, server, requestText(line, { 'content-type': type }, body))
    t.match(server.requests.find(), [{ body: shows, bodyBytes: body.length }])
    t.notMatch(await shown(server.url), secret)
  })
}

t.test('the token that a fault matches is shown nowhere', async (t) => {
  const server = await listening(t)
  const url = `${server.url}/__admin/faults`
  const rule = { match: { token: secret }, effect: { status: 503 }, times: null }
  const armed = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rule),
  })
  t.equal(armed.status, 201)
  const { id } = (await armed.clone().json()) as { id: string }
  await exchange(t, server, requestText(create, { authorization: `Bearer ${secret}` }))
  t.match(server.requests.find(), [{ status: 503, faults: [{ id }] }])
  const texts = [armed.text(), (await fetch(`${url}/${id}`)).text(), shown(server.url)]
  t.notMatch((await Promise.all(texts)).join(), secret)
})

t.test('a header that is sent many times is shown each time, masked', async (t) => {
  const server = await listening(t)
  const cookies = {
    Cookie: `a=${secret}`,
    COOKIE: `b=${secret}`,
    cookie: 'c',
    'X-A': '1',
    'x-a': '2',
  }
  await exchange(t, server, requestText(create, cookies))
  t.match(server.requests.find()[0]?.headers, {
    cookie: ['[masked]', '[masked]', '[masked]'],
    'x-a': ['1', '2'],
  })
})
