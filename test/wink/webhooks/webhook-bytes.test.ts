import { getHeapStatistics } from 'node:v8'
import t from 'tap'
import { DataError, type Webhook, type WebhookInput } from '../../../src/index.ts'
import { helpText } from '../../../src/cli/help.ts'
import { onlyRequest } from '../../fixtures/faults.ts'
import {
  createRequest,
  entity,
  validBody,
  webhookData,
  webhookRequest,
  webhooksOf,
} from '../../fixtures/requests.ts'
import { problemOf, sandbox } from '../../fixtures/sandbox.ts'

/** Bytes of the webhook of the valid body: its strings, and 24 bytes for each. */
const bytesOf = (body: WebhookInput): number => {
  const uuids = Array.from({ length: 3 }, () => entity)
  const instants = Array.from({ length: 2 }, () => '2026-01-14T09:30:00.000Z')
  const texts = [...uuids, ...instants, body.entity.name, body.name, body.eventUrl]
  return [...texts, ...body.eventList].reduce((sum, text) => sum + 24 + text.length, 0)
}
const size = bytesOf(validBody)
const payloadOf = (body: Partial<WebhookInput>) => JSON.stringify({ ...validBody, ...body })

t.test('attacks F5: the bytes of stored webhooks are limited', (t) => {
  const longer = 'x'.repeat(validBody.name.length + 1)
  const cases: { name: string; body: Partial<WebhookInput>; maxWebhookBytes: number }[] = [
    { name: 'the length of each text and 24', body: {}, maxWebhookBytes: size - 1 },
    { name: 'the name', body: { name: longer }, maxWebhookBytes: size },
    {
      name: 'each event',
      body: { eventList: ['booking.created', ''] },
      maxWebhookBytes: size + 23,
    },
    {
      name: 'two bytes for each character where one is beyond Latin-1',
      body: { name: `€${validBody.name.slice(1)}` },
      maxWebhookBytes: size + validBody.name.length - 1,
    },
  ]
  for (const { name, body, maxWebhookBytes } of cases) {
    t.test(name, async (t) => {
      const refusing = sandbox(t, { maxWebhookBytes })
      const response = await refusing.create({ payload: payloadOf(body) })
      t.equal(response.statusCode, 503)
      t.equal(response.headers['retry-after'], '1')
      t.match(problemOf(t, response), {
        detail: 'The store is full; raise --max-webhook-bytes (WINK_MOCK_MAX_WEBHOOK_BYTES).',
      })
      t.equal(onlyRequest(refusing.app).diagnosis.refusedBy?.rule, 'capacity')
      t.strictSame(refusing.app.control.webhooks.list(), [])

      const taking = sandbox(t, { maxWebhookBytes: maxWebhookBytes + 1 })
      t.equal((await taking.create({ payload: payloadOf(body) })).statusCode, 201)
    })
  }
  t.end()
})

t.test(
  'attacks F5: an update counts with what it adds, and makes room with what it drops',
  async (t) => {
    const { app, create } = sandbox(t, { maxWebhookBytes: 2 * size })
    const { id } = (await create()).json<Webhook>()
    await create()
    const update = (name: string) =>
      app.inject(webhookRequest('PATCH', id, { payload: payloadOf({ name }) }))
    const refused = await update(`${validBody.name}!`)
    t.equal(refused.statusCode, 503)
    t.match(problemOf(t, refused).detail, /--max-webhook-bytes/)
    t.match(app.control.webhooks.list(), [{ id, version: 1, name: validBody.name }, {}])
    t.equal((await update(validBody.name)).statusCode, 200, 'of the same length')
    t.equal((await update(validBody.name.slice(1))).statusCode, 200)
    t.equal((await update(validBody.name)).statusCode, 200, 'there is room again')
  },
)

t.test('attacks F5: a deletion or reset frees its bytes', async (t) => {
  const { app, create } = sandbox(t, { maxWebhookBytes: size })
  const { id } = (await create()).json<Webhook>()
  t.equal((await create()).statusCode, 503)
  await app.inject(webhookRequest('DELETE', id))
  t.equal((await create()).statusCode, 201)
  app.control.reset({ managingEntityIdentifier: entity })
  t.equal((await create()).statusCode, 201)
  app.control.reset()
  t.equal((await create()).statusCode, 201)
})

t.test('attacks F5: an import over the limit changes nothing', async (t) => {
  const { app, create } = sandbox(t, { maxWebhookBytes: 2 * size })
  await create()
  const before = app.control.state.export()
  const webhooks = [{ ...webhookData, name: 'x'.repeat(2 * size) }]
  const payload = { tokens: [{ token: 'other' }], webhooks }
  const response = await app.inject({ method: 'PUT', url: '/__admin/state', payload })
  t.equal(response.statusCode, 400)
  t.match(problemOf(t, response), {
    properties: {
      errors: [
        {
          pointer: '#/webhooks',
          detail: /^must take at most \d+ bytes in memory, not \d+ \(--max-webhook-bytes\)$/,
        },
      ],
    },
  })
  t.throws(() => {
    app.control.state.import(payload)
  }, DataError)
  t.strictSame(app.control.state.export(), before)
  app.control.state.import(before)
  t.equal((await create()).statusCode, 201, 'what was there is not counted twice')
  t.equal((await create()).statusCode, 503)
})

t.test('attacks F5: a reset restores the webhooks of the start despite the limit', async (t) => {
  const other = '0c7e4a52-61d3-4f0e-9b1d-2f6f3c8a9e10'
  const { app } = sandbox(t, { data: { webhooks: [webhookData] }, maxWebhookBytes: 2 * size })
  await app.inject(webhookRequest('DELETE', webhookData.id))
  const body = { ...validBody, entity: { identifier: other, name: 'Other' } }
  const create = () => app.inject(createRequest({ url: webhooksOf(other), payload: body }))
  while ((await create()).statusCode === 201) t.pass()
  app.control.reset({ managingEntityIdentifier: entity })
  t.match(app.control.webhooks.list({ managingEntityIdentifier: entity }), [webhookData])
})

t.test('attacks F5: the default is 64 MiB, or a twelfth of the heap limit if that is less', (t) => {
  const share = Math.floor(getHeapStatistics().heap_size_limit / 12)
  const bytes = Math.min(64 * 1024 * 1024, share)
  t.match(helpText(), new RegExp(`--max-webhook-bytes <number>\n.*\n +Default: ${bytes}\\.`))
  t.end()
})
