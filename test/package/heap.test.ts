import { once } from 'node:events'
import { Agent, request, type IncomingMessage } from 'node:http'
import t, { type Test } from 'tap'
import type { WebhookInput } from '../../src/index.ts'
import { greeting, run } from '../fixtures/program.ts'
import { entity, validBody, validHeaders, webhooksOf } from '../fixtures/requests.ts'

/** Starts the program with a small heap; gives a function that sends creates, three at a time, and lists their statuses. */
async function creator(t: Test, heapMiB: number, ...flags: string[]) {
  const program = run(t, ['--port', '0', '--log-level', 'silent', ...flags], {
    NODE_OPTIONS: `--max-old-space-size=${heapMiB}`,
  })
  const { url } = await greeting(program)
  const atATime = 3
  // `fetch` would take longer than the program itself.
  const agent = new Agent({ keepAlive: true, maxSockets: atATime })
  t.teardown(() => {
    agent.destroy()
  })
  return async (count: number, body: Partial<WebhookInput>, query = ''): Promise<number[]> => {
    const statuses = new Set<number>()
    const payload = JSON.stringify({ ...validBody, ...body })
    const create = async (): Promise<void> => {
      const options = { agent, method: 'POST', headers: validHeaders }
      const sent = request(`${url}${webhooksOf(entity)}?${query}`, options).end(payload)
      const [response] = (await once(sent, 'response')) as [IncomingMessage]
      statuses.add(Number(response.statusCode))
      await once(response.resume(), 'end')
    }
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
    const create = await creator(t, 64)
    t.strictSame(await create(36, body), [201, 503])
    t.strictSame(await create(3, body), [503], 'it is there and full')
  })
}

t.test('attacks F5: a webhook holds nothing of the target but the managing entity', async (t) => {
  // The targets together are larger than the heap.
  const create = await creator(
    t,
    32,
    '--entity-mismatch',
    'path-wins',
    '--max-journal-entries',
    '0',
  )
  t.strictSame(await create(2_400, {}, 'x'.repeat(15_000)), [201])
})
