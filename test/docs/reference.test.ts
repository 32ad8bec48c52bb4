import { writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import fastify from 'fastify'
import t from 'tap'
import { OwnAddress } from '../../src/base/own-address.ts'
import { apiDescription } from '../../src/docs/description.ts'
import { openApi } from '../../src/docs/openapi-route.ts'
import { reference } from '../../src/docs/reference.ts'
import { problemOf, sandbox } from '../fixtures/sandbox.ts'

t.test('the reference page comes from the sandbox alone', async (t) => {
  const { app } = sandbox(t)
  const page = await app.inject('/reference')
  t.equal(page.statusCode, 200)
  t.equal(page.headers['content-type'], 'text/html; charset=utf-8')
  t.match(page.headers['content-security-policy'], /default-src 'none'; script-src 'self';/)
  t.notMatch(page.body, /https?:/, 'it names no other host')

  const files = [...page.body.matchAll(/(?:src|href)="(reference\/[^"]+)"/g)].map(
    ([, path = '']) => path,
  )
  t.strictSame(files.sort(), [
    'reference/reference.js',
    'reference/swagger-ui-bundle.js',
    'reference/swagger-ui.css',
  ])
  for (const file of files) {
    const response = await app.inject(`/${file}`)
    t.equal(response.statusCode, 200, file)
    const type = file.endsWith('.js') ? 'text/javascript' : 'text/css'
    t.equal(response.headers['content-type'], `${type}; charset=utf-8`)
    t.equal(response.headers['x-content-type-options'], 'nosniff')
    t.ok(response.body.length > 500)
  }
})

t.test('it can be looked at, and nothing else', async (t) => {
  const { app } = sandbox(t)
  t.equal((await app.inject({ method: 'HEAD', url: '/reference' })).statusCode, 200)
  const posted = await app.inject({ method: 'POST', url: '/reference' })
  t.equal(problemOf(t, posted).status, 405)
  t.equal(posted.headers.allow, 'GET, HEAD')
  for (const path of ['/reference/', '/reference/LICENSE', '/reference/..%2fapp.js']) {
    t.equal(problemOf(t, await app.inject(path)).status, 404, path)
  }
})

t.test('attacks 06: all clients are sent the same bytes, those that ask at once too', async (t) => {
  const app = fastify()
  t.teardown(() => app.close())
  const ownAddress = new OwnAddress(undefined)
  const document = { description: apiDescription, routes: [], covers: () => true, version: '1' }
  const folder = t.testdir({ 'index.html': 'a page' })
  app.register(reference, { folder: pathToFileURL(`${folder}/`) })
  app.register(openApi, { document, ownAddress })
  const sent: unknown[] = []
  app.addHook('onSend', (_request, _reply, payload, done) => {
    sent.push(payload)
    done()
  })
  for (const path of ['/reference', '/openapi.json']) {
    sent.length = 0
    await Promise.all([app.inject(path), app.inject(path)])
    await app.inject(path)
    t.equal(sent.length, 3)
    t.ok(sent[0] instanceof Buffer, path)
    t.equal(new Set(sent).size, 1, `${path} is held once`)
  }
})

t.test('a document names the host by which each client asked', async (t) => {
  const { app } = sandbox(t)
  for (const host of ['one.example', 'two.example', 'one.example']) {
    const { servers } = (await app.inject({ url: '/openapi.json', headers: { host } })).json<{
      servers: { url: string }[]
    }>()
    t.strictSame(servers, [{ url: `http://${host}` }])
  }
})

t.test('attacks 06: a file that could not be read is tried again', async (t) => {
  const folder = t.testdir({})
  const app = fastify()
  t.teardown(() => app.close())
  app.register(reference, { folder: pathToFileURL(`${folder}/`) })
  t.equal((await app.inject('/reference')).statusCode, 500)
  writeFileSync(`${folder}/index.html`, 'back again')
  t.equal((await app.inject('/reference')).body, 'back again')
})
