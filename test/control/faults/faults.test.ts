import t from 'tap'
import { startSandbox, type FaultRule } from '../../../src/index.ts'
import { actedOf, doors, refusalOf } from '../../fixtures/faults.ts'
import { createRequest, entity, otherEntity } from '../../fixtures/requests.ts'
import { sandbox, type TestSandbox } from '../../fixtures/sandbox.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const effect = { status: 503 } as const

/** The statuses of so many requests, one after another. */
async function statuses({ create }: TestSandbox, count: number): Promise<number[]> {
  const seen: number[] = []
  for (let sent = 0; sent < count; sent += 1) seen.push((await create()).statusCode)
  return seen
}

for (const { door, open } of doors) {
  t.test(`${door}: a rule is armed with its defaults, and shown`, async (t) => {
    const { app } = sandbox(t)
    const faults = open(app)
    const armed = await faults.arm({ effect })
    const { id, ...others } = armed
    t.match(id, uuid)
    t.strictSame(others, {
      match: {},
      times: 1,
      skip: 0,
      probability: 1,
      effect,
      when: 'before',
      matched: 0,
      acted: 0,
      remaining: 1,
    })
    t.strictSame(await faults.get(id), armed)
    t.strictSame(await faults.list(), [armed])
  })

  t.test(`${door}: what a rule says is shown as it was said`, async (t) => {
    const rule: FaultRule = {
      match: { managingEntityIdentifier: entity.toUpperCase(), method: 'post' },
      times: null,
      skip: 2,
      probability: 0.5,
      seed: 7,
      effect: { minMs: 0, maxMs: 3, status: 429, retryAfterSeconds: 0, detail: 'Slow down.' },
      when: 'after-commit',
    }
    const armed = await open(sandbox(t).app).arm(rule)
    t.match(armed, rule)
    t.equal(armed.remaining, null, 'without limit')
  })

  t.test(`${door}: the token of a rule is compared and never shown`, async (t) => {
    const { app, create } = sandbox(t)
    const faults = open(app)
    const { id, match } = await faults.arm({ match: { token: 'some-token' }, effect })
    t.strictSame(match, { token: '[masked]' })
    t.strictSame((await faults.get(id)).match, { token: '[masked]' })
    t.strictSame((await faults.list())[0]?.match, { token: '[masked]' })
    t.equal((await create({ headers: { authorization: 'Bearer other' } })).statusCode, 201)
    t.equal((await create()).statusCode, 503)
    t.notMatch(JSON.stringify(app.control.requests.find()), 'some-token')
  })

  t.test(`${door}: a rule counts what matched, what it acted on and what is left`, async (t) => {
    const { app, create } = sandbox(t)
    const faults = open(app)
    const { id } = await faults.arm({ effect, times: 2, skip: 1 })
    for (const counts of [
      { matched: 1, acted: 0, remaining: 2 },
      { matched: 2, acted: 1, remaining: 1 },
      { matched: 3, acted: 2, remaining: 0 },
      { matched: 3, acted: 2, remaining: 0 },
    ]) {
      await create()
      t.match(await faults.get(id), counts)
    }
    t.equal((await faults.list()).length, 1, 'one that is used up is still shown')
  })

  t.test(`${door}: one rule is removed by its id, and acts no longer`, async (t) => {
    const { app, create } = sandbox(t)
    const faults = open(app)
    const removed = await faults.arm({ effect })
    const kept = await faults.arm({ effect: { status: 409 } })
    await faults.remove(removed.id)
    t.strictSame(await faults.list(), [kept])
    t.equal((await create()).statusCode, 409)
    t.equal(await refusalOf(faults.get(removed.id)), 404, 'it is not there any more')
    t.equal(await refusalOf(faults.remove(removed.id)), 404, 'nor can it be removed again')
  })

  t.test(
    `${door}: rules are listed and removed by the entity that their match names`,
    async (t) => {
      const faults = open(sandbox(t).app)
      const mine = await faults.arm({ match: { managingEntityIdentifier: entity }, effect })
      const other = await faults.arm({ match: { managingEntityIdentifier: otherEntity }, effect })
      const any = await faults.arm({ match: { method: 'POST' }, effect })
      const all = await faults.arm({ effect })
      const filter = { managingEntityIdentifier: entity.toUpperCase() }
      t.strictSame(await faults.list(filter), [mine], 'without regard to case')
      await faults.clear(filter)
      t.strictSame(await faults.list(), [other, any, all])
      await faults.clear()
      t.strictSame(await faults.list(), [])
    },
  )

  t.test(`${door}: a filter that is none is refused, and nothing is removed`, async (t) => {
    const faults = open(sandbox(t).app)
    await faults.arm({ effect })
    for (const filter of [{ entity }, { managingEntityIdentifier: '' }]) {
      t.equal(await refusalOf(faults.list(filter)), 400)
      t.equal(await refusalOf(faults.clear(filter)), 400)
    }
    t.equal((await faults.list()).length, 1)
  })

  t.test(`${door}: 1,000 rules may be armed; used-up ones make room, oldest first`, async (t) => {
    const { app, create } = sandbox(t)
    const faults = open(app)
    const first = app.control.faults.arm({ effect, times: null, probability: 0 })
    const usedUp = [await faults.arm({ effect }), await faults.arm({ effect })]
    for (let armed = 3; armed < 1_000; armed += 1) app.control.faults.arm({ effect, times: 2 })
    t.equal(await refusalOf(faults.arm({ effect })), 409, 'as many as there may be')
    await create()
    await create()
    await faults.arm({ effect })
    const ids = (await faults.list()).map(({ id }) => id)
    t.equal(ids.length, 1_000)
    t.equal(ids[0], first.id, 'one that never acted is not used up')
    t.notOk(ids.includes(String(usedUp[0]?.id)), 'the oldest one that is used up made room')
    t.ok(ids.includes(String(usedUp[1]?.id)))
    await faults.arm({ effect })
    t.equal(await refusalOf(faults.arm({ effect })), 409)
    await faults.remove(first.id)
    t.match(await faults.arm({ effect }), { remaining: 1 }, 'a removed one makes room too')
  })
}

t.test('times and skip say which of the matching requests are hit', async (t) => {
  const cases: { rule: Omit<FaultRule, 'effect'>; hits: string }[] = [
    { rule: {}, hits: 'x....' },
    { rule: { times: 2 }, hits: 'xx...' },
    { rule: { times: null }, hits: 'xxxxx' },
    { rule: { skip: 2 }, hits: '..x..' },
    { rule: { skip: 1, times: 2 }, hits: '.xx..' },
    { rule: { skip: 3, times: null }, hits: '...xx' },
    { rule: { probability: 0, times: null }, hits: '.....' },
    { rule: { probability: 1, times: null }, hits: 'xxxxx' },
  ]
  for (const { rule, hits } of cases) {
    await t.test(`${JSON.stringify(rule)}: ${hits}`, async (t) => {
      const test = sandbox(t)
      test.app.control.faults.arm({ ...rule, effect })
      const seen = await statuses(test, hits.length)
      t.equal(seen.map((status) => (status === 503 ? 'x' : '.')).join(''), hits)
    })
  }
})

t.test('chance is the same in every run with a seed, of the rule or of the sandbox', async (t) => {
  const lots = async (seed: number | undefined, ofSandbox?: number): Promise<string> => {
    const test = sandbox(t, ofSandbox === undefined ? {} : { seed: ofSandbox })
    const own = seed === undefined ? {} : { seed }
    test.app.control.faults.arm({ ...own, times: null, probability: 0.5, effect })
    return (await statuses(test, 24)).join()
  }
  const first = await lots(1)
  t.match(first, '201', 'some pass')
  t.match(first, '503', 'and some are hit')
  t.equal(await lots(1), first)
  t.equal(await lots(1, 9), first, "a rule's own seed counts, whatever the sandbox's")
  t.not(await lots(2), first, 'another seed, another order')
  t.equal(await lots(undefined, 1), await lots(undefined, 1))
  t.not(await lots(undefined, 1), await lots(undefined, 2))
})

t.test('a rule is a copy: what is done to its parts afterwards changes nothing', async (t) => {
  const { app, create } = sandbox(t)
  const rule: FaultRule = { match: { managingEntityIdentifier: entity }, effect: { status: 409 } }
  const armed = app.control.faults.arm(rule)
  const shown = app.control.faults.list()[0]
  Object.assign(rule.match ?? {}, { managingEntityIdentifier: otherEntity })
  for (const { effect } of [rule, armed, ...(shown ? [shown] : [])])
    Object.assign(effect, { status: 500 })
  t.equal((await create()).statusCode, 409)
  t.equal(actedOf(app, armed), 1)
})

t.test('a sandbox that listens is steered over HTTP and by its own methods alike', async (t) => {
  const server = await startSandbox()
  t.teardown(() => server.close())
  const armed = server.faults.arm({ effect })
  const url = `${server.url}/__admin/faults`
  t.strictSame(await (await fetch(url)).json(), { faults: [armed] })
  t.equal((await fetch(url, { method: 'DELETE' })).status, 204)
  const body = JSON.stringify({ effect: { status: 429 } })
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', body, headers })
  t.equal(response.status, 201)
  t.equal(response.headers.get('content-type'), 'application/json')
  t.strictSame(server.faults.list(), [await response.json()])
  t.equal((await server.app.inject(createRequest())).statusCode, 429)
})
