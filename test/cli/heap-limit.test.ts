import { execFileSync } from 'node:child_process'
import t from 'tap'
import { sizeOfWebhook } from '../../src/wink/webhooks/size.ts'
import { greeting, run } from '../fixtures/program.ts'
import { seeded, validBody } from '../fixtures/requests.ts'

t.test('a heap of 64 MiB has room for a twelfth of its limit (docs/robustness.md)', async (t) => {
  const small = { NODE_OPTIONS: '--max-old-space-size=64' }
  const limit = execFileSync(
    process.execPath,
    ['-p', 'require("node:v8").getHeapStatistics().heap_size_limit'],
    { env: small, encoding: 'utf8' },
  )
  const { stdout } = await run(t, ['--help'], small).exit
  const bytes = Number(/--max-webhook-bytes <number>\n.*\n +Default: (\d+)\./.exec(stdout)?.[1])
  t.equal(bytes, Math.floor(Number(limit) / 12))
  const example = { ...seeded, ...validBody, ownerName: validBody.entity.name }
  t.ok(bytes / sizeOfWebhook(example) >= 20_000, 'at least 20,000 of the example')
  const large = { ...example, name: 'x'.repeat(1_040_000) }
  t.ok(bytes / sizeOfWebhook(large) >= 9, 'or at least 9 with a name of 1 MB')
})

const manySmallValues = {
  'empty arrays': '[],',
  'empty objects': '{},',
  'member names': '"name":[[]],',
  tokens: '{"token":"t"},',
}

t.test('a heap of 64 MiB outlives states of 4 MB', async (t) => {
  const small = { NODE_OPTIONS: '--max-old-space-size=64' }
  const { url } = await greeting(run(t, ['--port', '0', '--log-level', 'silent'], small))
  const headers = { 'content-type': 'application/json' }
  for (const [name, value] of Object.entries(manySmallValues)) {
    const values = value.repeat(4_000_000 / value.length).slice(0, -1)
    const body = value.startsWith('"') ? `{${values}}` : `{"tokens":[${values}]}`
    const refused = await fetch(`${url}/__admin/state`, { method: 'PUT', headers, body })
    t.equal(refused.status, 413, name)
    t.match(await refused.json(), { detail: /MiB of memory.*--max-old-space-size/ }, name)
    const escaped = JSON.stringify({ managingEntities: [{ ...validBody.entity, name: '"[{\\"' }] })
    const taken = await fetch(`${url}/__admin/state`, { method: 'PUT', headers, body: escaped })
    t.equal(taken.status, 204, `${name}: brackets in a text cost nothing`)
  }
})
