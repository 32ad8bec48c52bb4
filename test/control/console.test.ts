import { gunzipSync } from 'node:zlib'
import t from 'tap'
import { problemOf, sandbox } from '../fixtures/sandbox.ts'

const files = ['/__admin/', '/__admin/console.js', '/__admin/style.css']

t.test('GET / leads browsers to the console', async (t) => {
  const { app } = sandbox(t)
  for (const method of ['GET', 'HEAD'] as const) {
    const headers = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
    const answer = await app.inject({ method, url: '/?a=b', headers })
    t.equal(answer.statusCode, 302)
    t.equal(answer.headers.location, './__admin/', 'relative, for proxies that add a path')
    t.equal(answer.headers.vary, 'accept')
  }
})

t.test('GET / tells everybody else where things are', async (t) => {
  const cases = [
    { options: {}, base: 'http://reached.test:1' },
    { options: { publicUrl: 'https://wink.test/sandbox' }, base: 'https://wink.test/sandbox' },
  ]
  for (const { options, base } of cases) {
    const { app } = sandbox(t, options)
    for (const accept of ['*/*', 'application/json', undefined]) {
      const headers = { host: 'reached.test:1', ...(accept && { accept }) }
      const answer = await app.inject({ url: '/', headers })
      t.equal(answer.statusCode, 200)
      t.equal(answer.headers['content-type'], 'application/json')
      t.strictSame(answer.json(), {
        api: `${base}/api`,
        tokens: `${base}/oauth2/token`,
        documents: [`${base}/openapi.json`, `${base}/__admin/openapi.json`],
        reference: `${base}/reference`,
        console: `${base}/__admin/`,
        health: `${base}/__admin/health`,
      })
    }
  }
})

t.test('GET / names addresses that answer', async (t) => {
  const { app } = sandbox(t)
  const { documents, ...links } = (await app.inject('/')).json<{
    documents: string[]
    [name: string]: string | string[]
  }>()
  for (const link of [...documents, links['reference'], links['console'], links['health']]) {
    const { pathname } = new URL(String(link))
    t.equal((await app.inject(pathname)).statusCode, 200, pathname)
  }
})

t.test('the root and the console can be looked at, and nothing else', async (t) => {
  const { app } = sandbox(t)
  for (const url of ['/', ...files]) {
    const posted = await app.inject({ method: 'POST', url })
    t.equal(problemOf(t, posted).status, 405, url)
    t.equal(posted.headers.allow, 'GET, HEAD')
    t.equal((await app.inject({ method: 'HEAD', url })).statusCode, 200)
  }
  t.equal(problemOf(t, await app.inject('//')).status, 404)
  t.equal(problemOf(t, await app.inject('/__admin/index.html')).status, 404)
})

t.test('the console comes from the sandbox alone, by relative addresses', async (t) => {
  const { app } = sandbox(t)
  const redirect = await app.inject('/__admin')
  t.match([redirect.statusCode, redirect.headers.location], [302, '__admin/'])
  const page = await app.inject('/__admin/')
  const linked = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path)
  t.strictSame(linked, ['data:,', 'style.css', 'console.js'])
  const types = ['text/html', 'text/javascript', 'text/css']
  for (const [index, file] of files.entries()) {
    const { statusCode, headers, body } = await app.inject(file)
    t.equal(statusCode, 200, file)
    t.equal(headers['content-type'], `${String(types[index])}; charset=utf-8`)
    t.equal(
      headers['content-security-policy'],
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    t.match(headers, { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
    if (file.endsWith('.css')) t.notMatch(body, /@import|url\(/)
  }
})

t.test('the files need no admin token, the data do', async (t) => {
  const { app } = sandbox(t, { adminToken: 's3cr3t' })
  for (const file of files) t.equal((await app.inject(file)).statusCode, 200, file)
  for (const url of ['/__admin/requests', '/__admin/webhooks', '/__admin/x']) {
    t.equal(problemOf(t, await app.inject(url)).status, 401, url)
  }
})

t.test('browsers are sent at most 60 kB', async (t) => {
  const { app } = sandbox(t)
  let sent = 0
  for (const url of files) {
    const headers = { 'accept-encoding': 'gzip, deflate, br, zstd' }
    const packed = await app.inject({ url, headers })
    t.equal(packed.headers['content-encoding'], 'gzip')
    t.equal(packed.headers['content-length'], String(packed.rawPayload.length))
    t.equal(packed.headers.vary, 'accept-encoding')
    t.equal(gunzipSync(packed.rawPayload).toString(), (await app.inject(url)).body, 'the same file')
    sent += packed.rawPayload.length
  }
  t.ok(sent <= 60_000, `${sent} bytes`)
})

t.test('files are packed for those that say so (RFC 9110 §12.5.3)', async (t) => {
  const { app } = sandbox(t)
  const cases = [
    { accepted: 'gzip', packed: true },
    { accepted: 'br, GZIP;q=0.5', packed: true },
    { accepted: 'gzip;q=0', packed: false },
    { accepted: 'gzip;q=0.0, br', packed: false },
    { accepted: 'x-gzip', packed: false },
    { accepted: 'identity', packed: false },
    { accepted: '', packed: false },
  ]
  for (const { accepted, packed } of cases) {
    const { headers } = await app.inject({
      url: '/__admin/console.js',
      headers: { 'accept-encoding': accepted },
    })
    t.equal(headers['content-encoding'], packed ? 'gzip' : undefined, accepted)
  }
})
