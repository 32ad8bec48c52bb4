import { readFileSync } from 'node:fs'
import t from 'tap'
import { sandbox } from './fixtures/sandbox.ts'

const page = readFileSync(new URL('../docs/control-api.md', import.meta.url), 'utf8')
const rows = [...page.matchAll(/^\| `([A-Z]+) (\/__admin\/\S+)` +\| (?:`([\w.]+)\(.*?\)`)? /gm)]
const operations = rows.map(([, method = '', path = '', call]) => ({ method, path, call }))

t.test('docs/control-api.md lists every operation, and no other', async (t) => {
  const { app } = sandbox(t)
  await app.ready()
  const paths = [...new Set(operations.map(({ path }) => path))]
  for (const path of paths) {
    const methods = operations.filter((row) => row.path === path).map(({ method }) => method)
    const expected = methods.includes('GET') ? [...methods, 'HEAD'] : methods
    const route = path.replace(/\{(\w+)\}/g, ':$1')
    t.strictSame([...app.allowedMethods(route)].sort(), expected.sort(), path)
  }
  const tree = app.printRoutes({ commonPrefix: false, method: 'OPTIONS' })
  const branches = tree.split(/\n(?=[├└])/).filter((branch) => branch.includes('/__admin'))
  const leaves = branches.join('\n').match(/\(OPTIONS\)/g)
  t.equal(leaves?.length, paths.length, 'as many as there are paths')
})

t.test('docs/control-api.md names what the library has, and nothing else', (t) => {
  const { control } = sandbox(t).app
  const documented = new Set(operations.flatMap(({ call }) => call ?? []))
  const calls = Object.entries<object>({ ...control }).flatMap(([name, part]) =>
    typeof part === 'function' ? [name] : Object.keys(part).map((call) => `${name}.${call}`),
  )
  t.strictSame([...documented].sort(), calls.sort())
  t.end()
})
