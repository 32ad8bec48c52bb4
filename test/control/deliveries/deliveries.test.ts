import t from 'tap'
import type { Delivery } from '../../../src/index.ts'
import { deliverySandbox, recordingReceiver } from '../../fixtures/deliveries.ts'
import { entity, otherEntity } from '../../fixtures/requests.ts'
import { problemOf } from '../../fixtures/sandbox.ts'

const other = { identifier: otherEntity, name: 'Other' }

t.test(
  'without a receiver nothing is sent, and the delivery says how to name one (CONTRACT §7)',
  async (t) => {
    const { webhook, trigger, delivered } = deliverySandbox(t)
    await webhook()
    const skipped = { state: 'skipped', reason: 'no-receiver', url: null, detail: /--deliver-to/ }
    t.match((await delivered()).deliveries, [skipped])
    t.match((await trigger()).json(), { deliveries: [skipped] })
  },
)

t.test('deliveries are listed and shown, all or those that a filter selects', async (t) => {
  const { url } = await recordingReceiver(t)
  const { app, webhook, delivered } = deliverySandbox(t, { deliverTo: url })
  const { deliveries: control } = app.control
  const mine = await webhook()
  const disabled = await webhook({ enabled: false })
  await webhook({ entity: other })
  const { event } = await delivered()
  await delivered({ type: 'x', managingEntityIdentifier: otherEntity })
  const all = control.list()
  t.equal(all.length, 3)
  const cases: [object, number[]][] = [
    [{}, [0, 1, 2]],
    [{ managingEntityIdentifier: entity.toUpperCase() }, [0, 1]],
    [{ webhookId: mine.id.toUpperCase() }, [0]],
    [{ id: all[1]?.id }, [1]],
    [{ webhookId: disabled.id, state: 'delivered' }, []],
    [{ eventId: event.id.toUpperCase() }, [0, 1]],
    [{ type: 'x' }, [2]],
    [{ state: 'skipped' }, [1]],
    [{ state: 'delivered' }, [0, 2]],
    [{ state: 'delivered', type: 'booking.create' }, [0]],
  ]
  for (const [filter, places] of cases) {
    const expected = places.map((place) => all[place])
    t.strictSame(control.list(filter), expected)
    const query = new URLSearchParams({ ...filter }).toString()
    t.strictSame((await app.inject(`/__admin/deliveries?${query}`)).json(), {
      deliveries: expected,
    })
  }
  const [first] = all as [Delivery]
  t.strictSame(control.get(first.id.toUpperCase()), first)
  t.strictSame((await app.inject(`/__admin/deliveries/${first.id}`)).json(), first)
  for (const filter of ['state=gone', 'webhookId=x', 'colour=red']) {
    t.equal((await app.inject(`/__admin/deliveries?${filter}`)).statusCode, 400, filter)
  }
  for (const [method, path] of [
    ['GET', ''],
    ['POST', '/redeliver'],
  ] as const) {
    const response = await app.inject({ method, url: `/__admin/deliveries/x${path}` })
    t.match(problemOf(t, response), {
      status: 404,
      detail: 'There is no delivery x, or no longer.',
    })
  }
})

t.test('a delivery that has ended is sent again: same bytes, same id, next number', async (t) => {
  const { url, received } = await recordingReceiver(t, (number) => (number < 4 ? 500 : 200))
  const { app, webhook, delivered } = deliverySandbox(t, { deliverTo: url })
  const { deliveries: control } = app.control
  await webhook()
  await webhook({ enabled: false })
  const [failed, skipped] = (await delivered()).deliveries as [Delivery, Delivery]
  t.equal(failed.state, 'failed')
  const again = await app.inject({
    method: 'POST',
    url: `/__admin/deliveries/${failed.id}/redeliver`,
  })
  t.equal(again.statusCode, 202)
  t.match(again.json(), { id: failed.id, state: 'pending', attempts: { length: 3 } })
  await t.rejects(control.redeliver(failed.id), {
    name: 'ApiError',
    problem: 'conflict',
    message: /it is pending/,
  })
  const [delivery] = await control.wait({ state: 'delivered' })
  t.strictSame(delivery?.attempts.map(({ number, status }) => [number, status]).at(-1), [4, 200])
  t.equal(new Set(received.map(({ body }) => body)).size, 1)
  t.match(received.at(-1)?.headers, {
    'x-wink-mock-delivery-id': failed.id,
    'x-wink-mock-delivery-attempt': '4',
  })
  t.match(await control.redeliver(failed.id), { state: 'pending' })
  t.match(await control.wait({ id: failed.id.toUpperCase() }), [{ attempts: { length: 5 } }])
  await t.rejects(control.redeliver(skipped.id), {
    name: 'ApiError',
    problem: 'conflict',
    message: /was skipped/,
  })
})

t.test('a redelivery can be awaited', async (t) => {
  const { url } = await recordingReceiver(t, (number) => (number < 4 ? 200 : undefined))
  const { app, webhook, delivered } = deliverySandbox(t, { deliverTo: url })
  await webhook()
  const [{ id }] = (await delivered()).deliveries as [Delivery]
  const again = (payload: object) =>
    app.inject({ method: 'POST', url: `/__admin/deliveries/${id}/redeliver`, payload })
  const ended = await again({ waitMs: 60_000 })
  t.equal(ended.statusCode, 200)
  t.match(ended.json(), { state: 'delivered', attempts: { length: 2 } })
  t.match(await app.control.deliveries.redeliver(id, { waitMs: 60_000 }), {
    attempts: { length: 3 },
  })
  t.equal((await again({ waitMs: -1 })).statusCode, 400)
  const late = await again({ waitMs: 0 })
  t.equal(late.statusCode, 202)
  t.match(late.json(), { state: 'pending' })
})

t.test('deliveries are forgotten, all or those that a filter selects', async (t) => {
  const { url } = await recordingReceiver(t, () => undefined)
  const { app, webhook, trigger, delivered } = deliverySandbox(t)
  const { deliveries: control } = app.control
  await webhook()
  await delivered()
  await delivered({ type: 'x' })
  await trigger({ deliverTo: url })
  const waiting = control.wait({ state: 'cancelled' })
  const clear = (query: string) =>
    app.inject({ method: 'DELETE', url: `/__admin/deliveries${query}` })
  t.equal((await clear('?type=x')).statusCode, 204)
  t.equal(control.list().length, 2)
  t.equal((await clear('?colour=red')).statusCode, 400)
  t.equal((await clear('')).statusCode, 204)
  t.strictSame(control.list(), [])
  t.strictSame(await waiting, [], 'what was pending is cancelled')
  control.clear()
})

t.test('secrets of a delivery are masked as in the journal', async (t) => {
  const { url, received } = await recordingReceiver(t)
  const { app, webhook, delivered } = deliverySandbox(t, { deliverTo: url })
  await webhook({ eventUrl: 'https://me:s3cr3t@a.example/hook?token=s3cr3t' })
  const headers = { authorization: 'Bearer s3cr3t', 'x-api-key': 's3cr3t' }
  await delivered({ headers, object: { password: 's3cr3t' } })
  t.equal(received[0]?.url, '/hook?token=s3cr3t', 'the receiver gets them')
  t.equal(received[0]?.headers.authorization, 'Bearer s3cr3t')
  const [delivery] = app.control.deliveries.list()
  t.notMatch(JSON.stringify(delivery), 's3cr3t')
  t.match(delivery, {
    url: `${url}/hook?token=[masked]`,
    registeredUrl: 'https://me:[masked]@a.example/hook?token=[masked]',
    headers: { authorization: 'Bearer [masked]', 'x-api-key': '[masked]' },
    body: /"password":"\[masked\]"/,
  })
})

t.test('the export of the state has no deliveries', async (t) => {
  const { app, webhook, delivered } = deliverySandbox(t)
  await webhook()
  await delivered()
  t.equal(app.control.deliveries.list().length, 1)
  t.strictSame(Object.keys(app.control.state.export()), ['webhooks'])
})

t.test('the log has a line for each attempt, without secrets', async (t) => {
  const { url } = await recordingReceiver(t, (number) => (number === 1 ? 503 : 200))
  const lines: [object, string?][] = []
  const ignore = (): void => undefined
  const logger = {
    trace: ignore,
    debug: ignore,
    warn: ignore,
    error: ignore,
    fatal: ignore,
    info: (details: object | string, message?: string) =>
      lines.push([details as object, ...(message === undefined ? [] : [message])] as [object]),
    child: () => logger,
  }
  const { webhook, delivered } = deliverySandbox(t, { deliverTo: url, logger })
  await webhook({ eventUrl: 'https://a.example/hook?token=s3cr3t' })
  const [delivery] = (await delivered()).deliveries
  const own = lines.filter(([, message]) => message === 'event sent')
  t.match(
    own.map(([details]) => details),
    [503, 200].map((status, index) => ({
      deliveryId: delivery?.id,
      attempt: index + 1,
      url: `${url}/hook?token=[masked]`,
      status,
      error: undefined,
    })),
  )
})

t.test('with a seed, events and deliveries have the same ids in every run', async (t) => {
  const ids = async (): Promise<(string | undefined)[]> => {
    const { webhook, delivered } = deliverySandbox(t, { seed: 7 })
    await webhook()
    const { event, deliveries } = await delivered()
    return [event.id, deliveries[0]?.id]
  }
  const first = await ids()
  t.strictSame(await ids(), first)
  t.equal(new Set(first).size, 2)
})
