import t, { type Test } from 'tap'
import type { WebhookInput } from '../../src/index.ts'
import { greeting, run } from '../fixtures/program.ts'
import { entity, validBody, validHeaders, webhooksOf } from '../fixtures/requests.ts'

/** The program with a heap of 64 MiB: gives the statuses of creates, some of them at a time. */
async function creator(t: Test, ...flags: string[]) {
  const program = run(t, ['--port', '0', '--log-level', 'silent', ...flags], {
    NODE_OPTIONS: '--max-old-space-size=64',
  })
  const { url } = await greeting(program)
  return async (count: number, body: Partial<WebhookInput>, query = ''): Promise<number[]> => {
    const statuses = new Set<number>()
    const payload = JSON.stringify({ ...validBody, ...body })
    const create = async (): Promise<void> => {
      const response = await fetch(`${url}${webhooksOf(entity)}?${query}`, {
        method: 'POST',
        headers: validHeaders,
        body: payload,
      })
      await response.arrayBuffer()
      statuses.add(response.status)
    }
    const atATime = 3
    for (let index = 0; index < count; index += atATime) {
      await Promise.all(Array.from({ length: atATime }, create))
    }
    return [...statuses].sort((one, other) => one - other)
  }
}

const bodies: { name: string; body: Partial<WebhookInput> }[] = [
  { name: 'many empty texts', body: { eventList: Array.from({ length: 340_000 }, () => '') } },
  { name: 'a text of two bytes a character', body: { name: `€${'x'.repeat(1_040_000)}` } },
]

for (const { name, body } of bodies) {
  t.test(`attacks F5: a heap of 64 MiB outlives valid creates of 1 MiB: ${name}`, async (t) => {
    const create = await creator(t)
    t.strictSame(await create(36, body), [201, 503])
    t.strictSame(await create(3, body), [503], 'it is there and full')
  })
}

t.test('attacks F5: a webhook holds nothing of the target but the managing entity', async (t) => {
  const create = await creator(t, '--entity-mismatch', 'path-wins', '--max-journal-entries', '0')
  t.strictSame(await create(4_500, {}, 'x'.repeat(15_000)), [201])
})
