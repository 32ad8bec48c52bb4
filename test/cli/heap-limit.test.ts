import t from 'tap'
import { sizeOfWebhook } from '../../src/wink/webhooks/size.ts'
import { run } from '../fixtures/program.ts'
import { seeded, validBody } from '../fixtures/requests.ts'

const mebibyte = 1024 * 1024

t.test('a heap of 64 MiB has room for 28 MiB of webhooks (docs/robustness.md)', async (t) => {
  const { stdout } = await run(t, ['--help'], { NODE_OPTIONS: '--max-old-space-size=64' }).exit
  const bytes = Number(/--max-webhook-bytes <number>\n.*\n +Default: (\d+)\./.exec(stdout)?.[1])
  t.equal(Math.round(bytes / mebibyte), 28)
  const example = { ...seeded, ...validBody, ownerName: validBody.entity.name }
  t.equal(Math.round(bytes / sizeOfWebhook(example) / 10_000), 6, 'some 60,000 of the example')
  const large = { ...example, name: 'x'.repeat(mebibyte) }
  t.equal(Math.round(bytes / sizeOfWebhook(large)), 28, 'or some 28 with a name of 1 MiB')
})
