import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import type * as Drift from '../../docs/drift.js'
import { projectText, projectUrl } from '../fixtures/project.ts'

const script = projectUrl('docs/drift.js')
const { driftOf } = (await import(script.href)) as typeof Drift
const ours = (): object => JSON.parse(projectText('openapi/api.json')) as object

const path = '/api/hook/{id}'
const document = (schema: object, more: object = {}, name = 'id'): object => ({
  paths: {
    [path.replace('id', name)]: {
      parameters: [{ name, in: 'path' }],
      post: {
        parameters: [{ name: 'Wink-Version', in: 'header', schema: { type: 'string' } }],
        requestBody: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Hook' } } },
        },
        responses: { 201: { description: 'It is there.' } },
        ...more,
      },
    },
  },
  components: { schemas: { Hook: schema } },
})
const hook = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } }

t.test('a document does not differ from itself, nor by words and names of path parameters', (t) => {
  t.strictSame(driftOf(ours(), ours()).lines, [])
  t.ok(driftOf(ours(), ours()).common.length > 8)
  const explained = { ...hook, description: 'A hook.', examples: [{}] }
  t.strictSame(driftOf(document(hook), document(explained, { summary: 'Creates.' }, 'other')), {
    common: ['POST /api/hook/{}'],
    lines: [],
  })
  t.end()
})

t.test('what differs is named, with its operation and place', (t) => {
  const cases: { name: string; other: object; line: string }[] = [
    {
      name: 'a type',
      other: document({ ...hook, properties: { name: { type: ['string', 'null'] } } }),
      line: '~ body.name type: theirs "string", ours ["string","null"]',
    },
    {
      name: 'required',
      other: document({ ...hook, required: [] }),
      line: '~ body.name presence: theirs required, ours optional',
    },
    {
      name: 'a member of a part',
      other: document({ allOf: [hook, { properties: { url: {} } }] }),
      line: '+ body.url presence: optional',
    },
    {
      name: 'a status',
      other: document(hook, { responses: {} }),
      line: '- status 201: documented',
    },
    {
      name: 'a parameter',
      other: document(hook, { parameters: [] }),
      line: '- parameter header wink-version: optional',
    },
  ]
  for (const { name, other, line } of cases) {
    t.ok(driftOf(document(hook), other).lines.includes(`POST /api/hook/{}: ${line}`), name)
  }
  t.throws(() => driftOf(document(hook), { ...document(hook), components: {} }), /leads nowhere/)
  t.end()
})

t.test('parts that a document leaves out do not differ', (t) => {
  const bare = { paths: { '/x': { get: {} } } }
  t.strictSame(driftOf(bare, bare), { common: ['GET /x'], lines: [] })
  t.strictSame(driftOf({}, bare), { common: [], lines: [] })
  const asked = { paths: { '/x': { get: { parameters: [{ name: 'q', in: 'query' }] } } } }
  t.strictSame(driftOf(bare, asked).lines, ['GET /x: + parameter query q: optional'])
  t.end()
})

t.test('schemas that contain themselves end', (t) => {
  const tree = { properties: { children: { items: { $ref: '#/components/schemas/Hook' } } } }
  t.strictSame(driftOf(document(tree), document(tree)).lines, [])
  t.end()
})

t.test(
  'both documents of Wink have operations of the sandbox, and the script says what differs',
  (t) => {
    const run = (...argv: string[]) =>
      spawnSync(process.execPath, [fileURLToPath(script), ...argv], { encoding: 'utf8' })
    const fixture = (name: string): string =>
      fileURLToPath(projectUrl(`test/fixtures/${name}.json`))
    for (const version of ['31.4.1', '34.5.2']) {
      const { status, stdout } = run(fixture(`wink-openapi-${version}`))
      t.equal(status, 1, version)
      t.match(stdout, /^[1-9]\d* operations in both documents, [1-9]\d* differences$/m)
    }
    t.equal(run(fixture('wink-openapi-34.5.2'), fixture('wink-openapi-34.5.2')).status, 0)
    t.match(run(), { status: 2, stderr: /^usage: / })
    const none = join(t.testdir({}), 'none.json')
    t.match(run(none), { status: 2, stderr: new RegExp(`^${none}: ENOENT`) })
    t.end()
  },
)
