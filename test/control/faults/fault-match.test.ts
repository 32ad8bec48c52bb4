import t from 'tap'
import type { FaultMatch } from '../../../src/index.ts'
import { entity, otherEntity, webhooksOf } from '../../fixtures/requests.ts'
import { sandbox } from '../../fixtures/sandbox.ts'

const effect = { status: 503 } as const

t.test('what is left out of match matches all, what is there must match', async (t) => {
  const cases: { name: string; match?: FaultMatch; hit: boolean }[] = [
    { name: 'no match', hit: true },
    { name: 'an empty one', match: {}, hit: true },
    { name: 'the entity', match: { managingEntityIdentifier: entity }, hit: true },
    {
      name: 'the entity in another case',
      match: { managingEntityIdentifier: entity.toUpperCase() },
      hit: true,
    },
    { name: 'another entity', match: { managingEntityIdentifier: otherEntity }, hit: false },
    { name: 'the method', match: { method: 'POST' }, hit: true },
    { name: 'the method in lower case', match: { method: 'post' }, hit: true },
    { name: 'another method', match: { method: 'PUT' }, hit: false },
    { name: 'the operation', match: { operation: 'create-webhook' }, hit: true },
    { name: 'the token', match: { token: 'some-token' }, hit: true },
    { name: 'the token in another case', match: { token: 'Some-Token' }, hit: false },
    {
      name: 'all but one',
      match: {
        managingEntityIdentifier: entity,
        method: 'POST',
        operation: 'create-webhook',
        token: 'another-token',
      },
      hit: false,
    },
  ]
  for (const { name, match, hit } of cases) {
    await t.test(`${name}: ${hit ? 'hit' : 'passed'}`, async (t) => {
      const { app, create } = sandbox(t)
      const { id } = app.control.faults.arm({ ...(match && { match }), effect })
      t.equal((await create()).statusCode, hit ? 503 : 201)
      t.match(app.control.faults.get(id), { matched: Number(hit), acted: Number(hit) })
    })
  }
})

t.test('rules cover all of the imitated API, and nothing else (CONTRACT §1 step 1)', async (t) => {
  const { app } = sandbox(t)
  const ask = async (method: 'GET' | 'PUT' | 'POST', url: string) =>
    (await app.inject({ method, url })).statusCode
  const byEntity = app.control.faults.arm({
    match: { managingEntityIdentifier: entity },
    times: null,
    effect: { status: 409 },
  })
  t.equal(
    await ask('GET', `${webhooksOf(entity)}/unknown?x=1`),
    409,
    'an unknown path names it too',
  )
  t.equal(await ask('GET', '/api/managing-entity/%ff/x'), 400, 'what cannot be decoded names none')
  t.equal(await ask('GET', '/api/unknown'), 401, 'nor does this')
  app.control.faults.remove(byEntity.id)
  const byOperation = { operation: 'create-webhook' } as const
  app.control.faults.arm({ match: byOperation, times: null, effect: { status: 409 } })
  t.equal(await ask('PUT', webhooksOf(entity)), 401, 'another verb is another operation')
  app.control.faults.arm({ times: null, effect: { status: 502 } })
  t.equal(await ask('PUT', webhooksOf(entity)), 502)
  t.equal(await ask('POST', '/oauth2/token'), 502)
  t.equal(await ask('GET', '/__admin/health'), 200, 'the sandbox itself')
  t.equal(await ask('GET', '/__admin/faults'), 200, 'and its control API')
  t.equal(await ask('GET', '/unknown'), 404)
})

t.test('a rule that no request can match is refused', async (t) => {
  const { app } = sandbox(t)
  const cases: { match: object; pointer: string; says: RegExp }[] = [
    {
      match: { method: 'PUT', operation: 'load-webhook' },
      pointer: '#/match/method',
      says: /must be GET or HEAD, or left out/,
    },
    {
      match: { managingEntityIdentifier: entity, operation: 'create-token' },
      pointer: '#/match/operation',
      says: /must be another one: no request of create-token belongs to a managing entity/,
    },
  ]
  for (const { match, pointer, says } of cases) {
    const violations = [{ pointer, detail: says }]
    t.throws(() => app.control.faults.arm({ match, effect }), { name: 'ApiError', violations })
    const payload = { match, effect }
    const response = await app.inject({ method: 'POST', url: '/__admin/faults', payload })
    t.equal(response.statusCode, 400)
    t.match(response.json(), { properties: { errors: violations } })
  }
  t.strictSame(app.control.faults.list(), [])
})
