import t from 'tap'
import { projectText } from './fixtures/project.ts'
import { sandbox } from './fixtures/sandbox.ts'

const page = projectText('docs/control-api.md')
const rows = [...page.matchAll(/^\| `([A-Z]+) (\/__admin\/\S+)` +\| (?:`([\w.]+)\(.*?\)`)? /gm)]
const operations = rows.map(([, method = '', path = '', call]) => ({ method, path, call }))

t.test('docs/control-api.md lists every operation, and no other', async (t) => {
  const { app } = sandbox(t)
  await app.ready()
  const documented: string[] = []
  for (const path of new Set(operations.map((row) => row.path))) {
    const methods = operations.filter((row) => row.path === path).map(({ method }) => method)
    const expected = methods.includes('GET') ? [...methods, 'HEAD'] : methods
    t.strictSame([...app.allowedMethods(path)].sort(), expected.sort(), path)
    documented.push(...expected)
  }
  const branches = app.printRoutes({ commonPrefix: false }).split(/\n(?=[├└])/)
  const control = branches.filter((branch) => branch.includes('/__admin')).join('\n')
  const methods = [...control.matchAll(/\(([A-Z, ]+)\)/g)].flatMap(([, list]) => list?.split(', '))
  t.strictSame(methods.sort(), documented.sort())
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
