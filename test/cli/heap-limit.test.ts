import { execFileSync } from 'node:child_process'
import t from 'tap'
import { sizeOfWebhook } from '../../src/wink/webhooks/size.ts'
import { run } from '../fixtures/program.ts'
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
