import type { OpenAPIV3_1 } from 'openapi-types'
import t from 'tap'
import { projectText } from '../fixtures/project.ts'
import { sandbox } from '../fixtures/sandbox.ts'

const page = projectText('docs/control-api.md')
const rows = [...page.matchAll(/^\| `([A-Z]+) (\/__admin\/\S+)` +\| (.*?) +\| /gm)]
const operations = rows.map(([, method = '', path = '', library = '']) => {
  const calls = [...library.matchAll(/`([\w.]+)\(.*?\)`/g)].map(([, call]) => String(call))
  return { method, path, calls }
})

t.test('docs/control-api.md lists every operation, and no other', async (t) => {
  const { app } = sandbox(t)
  for (const path of new Set(operations.map((row) => row.path))) {
    const methods = operations.filter((row) => row.path === path).map(({ method }) => method)
    const expected = methods.includes('GET') ? [...methods, 'HEAD'] : methods
    const { headers } = await app.inject({ method: 'OPTIONS', url: path })
    t.strictSame(headers.allow?.toString().split(', ').sort(), expected.sort(), path)
  }
  const document = (await app.inject('/__admin/openapi.json')).json<OpenAPIV3_1.Document>()
  const served = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.keys(item ?? {}).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const listed = operations.map(({ method, path }) => `${method} ${path}`)
  t.strictSame([...served, 'GET /__admin/openapi.json'].sort(), listed.sort())
})

t.test('docs/control-api.md names what the library has, and nothing else', (t) => {
  const { control } = sandbox(t).app
  const documented = new Set(operations.flatMap(({ calls }) => calls))
  const calls = Object.entries<object>({ ...control }).flatMap(([name, part]) =>
    typeof part === 'function' ? [name] : Object.keys(part).map((call) => `${name}.${call}`),
  )
  t.strictSame([...documented].sort(), calls.sort())
  t.end()
})
