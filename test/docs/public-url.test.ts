import t from 'tap'
import { buildApp, type Tenant } from '../../src/index.ts'
import { greeting, run } from '../fixtures/program.ts'
import { problemOf, sandbox } from '../fixtures/sandbox.ts'
import { issuedToken, partOf, tokenRequest } from '../fixtures/tokens.ts'
import { exchange, listening } from '../fixtures/wire.ts'

const publicUrl = 'https://wink.test/sandbox'
const metadata = '/.well-known/oauth-authorization-server'

t.test('addresses are those of Host, or of publicUrl (CONTRACT §5; RFC 8414 §3.3)', (t) => {
  const cases = [
    { options: {}, base: 'http://reached.test:1' },
    { options: { publicUrl }, base: publicUrl },
  ]
  for (const { options, base } of cases) {
    t.test(base, async (t) => {
      const { app } = sandbox(t, options)
      const headers = { host: 'reached.test:1' }
      const answer = await app.inject(tokenRequest({}, headers))
      t.equal(partOf(answer.json<{ access_token: string }>().access_token, 1)['iss'], base)
      t.match((await app.inject({ url: metadata, headers })).json(), {
        issuer: base,
        token_endpoint: `${base}/oauth2/token`,
      })
      const made = await app.inject({ method: 'POST', url: '/__admin/tenants', headers })
      t.match(made.json<Tenant>(), { baseUrl: base, tokenUrl: `${base}/oauth2/token` })
    })
  }
  t.end()
})

t.test('from the library, and without Host, it is the address of the sandbox', async (t) => {
  const server = await listening(t)
  t.match(server.tenants.create(), { baseUrl: server.url, tokenUrl: `${server.url}/oauth2/token` })
  const { body } = await exchange(t, server, `GET ${metadata} HTTP/1.0\r\n\r\n`)
  t.match(JSON.parse(body), { issuer: server.url })

  const named = await listening(t, { publicUrl })
  t.match(named.url, /^http:\/\/127\.0\.0\.1:\d+$/, 'where it listens')
  t.match(named.tenants.create(), { baseUrl: publicUrl })
})

t.test(
  'reports F6: where publicUrl has a path, the metadata are there too (RFC 8414 §3.1)',
  async (t) => {
    const cases: { publicUrl?: string; found: string[]; unknown: string[] }[] = [
      {
        publicUrl: 'https://wink.test/wink',
        found: ['', '?a=b', '/wink', '/wink?a=b', '/%77ink'],
        unknown: ['/', '/win', '/wink/', '/wink/more', '/wink%2F', '/WINK', '/more/wink'],
      },
      {
        publicUrl: 'https://wink.test/a/b:c*d/e(f)%20g',
        found: ['', '/a/b:c*d/e(f)%20g', '/a/b%3Ac%2Ad/e(f)%20g'],
        unknown: ['/a', '/a/b:c', '/a/b/e', '/a/bcd/e(f)%20g'],
      },
      { publicUrl: 'https://wink.test', found: [''], unknown: ['/', '/a'] },
      { found: [''], unknown: ['/', '/a'] },
    ]
    for (const { publicUrl, found, unknown } of cases) {
      const { app } = sandbox(t, { publicUrl })
      for (const path of found) {
        const answer = await app.inject(metadata + path)
        t.equal(answer.statusCode, 200, `${String(publicUrl)}: ${path}`)
        t.match(answer.json(), { issuer: publicUrl ?? 'http://localhost:80' })
        t.equal((await app.inject({ method: 'HEAD', url: metadata + path })).statusCode, 200)
      }
      for (const path of unknown) {
        const answer = await app.inject(metadata + path)
        t.equal(answer.statusCode, 404, `${String(publicUrl)}: ${path}`)
        problemOf(t, answer)
      }
    }
    const { app } = sandbox(t, { publicUrl })
    const post = await app.inject({ method: 'POST', url: `${metadata}/sandbox` })
    t.equal(post.statusCode, 405)
    const document = (await app.inject('/openapi.json')).json<{ paths: object }>()
    t.ok(metadata in document.paths)
    t.notOk(Object.keys(document.paths).some((path) => path.startsWith(`${metadata}/`)))
  },
)

t.test('the documents name the public URL (CONTRACT §5)', async (t) => {
  const { app } = sandbox(t, { publicUrl })
  const api = (await app.inject('/openapi.json')).json()
  t.match(api, { servers: [{ url: publicUrl }] })
  t.match(api.components.securitySchemes.oauth2ClientCredentials.flows.clientCredentials, {
    tokenUrl: `${publicUrl}/oauth2/token`,
  })
  t.match((await app.inject('/__admin/openapi.json')).json(), { servers: [{ url: publicUrl }] })
})

t.test('the program takes it as a flag', async (t) => {
  const { url } = await greeting(run(t, ['--port', '0', '--public-url', publicUrl, '--seed', '1']))
  t.match(await (await fetch(url + metadata)).json(), { issuer: publicUrl })
})

t.test('a token is accepted under whatever name the sandbox is reached', async (t) => {
  const { app, create } = sandbox(t)
  const token = await issuedToken(app)
  const headers = { authorization: `Bearer ${token}`, host: 'other.test' }
  t.equal((await create({ headers })).statusCode, 201)
})

t.test('publicUrl is a base URL', (t) => {
  for (const url of ['http://localhost', 'http://[::1]:4010', 'https://wink.test/a/b']) {
    t.doesNotThrow(() => sandbox(t, { publicUrl: url }), url)
  }
  const refused = [
    '',
    'wink.test',
    '/path',
    'ftp://wink.test',
    'http://',
    'http://wink.test/',
    'http://wink.test/a/',
    'http://wink.test?a',
    'http://wink.test#a',
    'http://me@wink.test',
    'http://wink.test:99999',
    'http://wink test',
    4010,
    null,
  ]
  for (const url of refused) {
    t.throws(
      () => buildApp({ publicUrl: url as string }),
      { name: 'RangeError', message: /^publicUrl must be an absolute http or https URL without / },
      String(url),
    )
  }
  t.end()
})
