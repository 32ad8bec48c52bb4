import t from 'tap'
import type { FaultEffect } from '../../../src/index.ts'
import { onlyRequest, actedOf, sent, until, veryLong } from '../../fixtures/faults.ts'
import {
  createRequest,
  entity,
  seeded,
  webhookRequest,
  webhooksOf,
} from '../../fixtures/requests.ts'
import { sandbox } from '../../fixtures/sandbox.ts'
import { recordTimers } from '../../fixtures/timers.ts'
import { post, tokenRequest } from '../../fixtures/tokens.ts'
import { exchange, listening, requestText } from '../../fixtures/wire.ts'

t.test('delays add up, and do not follow the clock of the sandbox', async (t) => {
  const { app, create } = sandbox(t)
  app.control.clock.set({ mode: 'frozen' })
  app.control.faults.arm({ effect: { delayMs: 20 } })
  app.control.faults.arm({ effect: { delayMs: 20 } })
  const startMs = performance.now()
  t.equal((await create()).statusCode, 201)
  const tookMs = performance.now() - startMs
  t.ok(tookMs >= 38, `${tookMs} ms`)
  const { durationMs, faults } = onlyRequest(app)
  t.equal(faults.length, 2)
  t.ok(durationMs >= 38 && durationMs <= tookMs, `${durationMs} ms in the journal`)
})

t.test('a random delay is between its bounds, and the same in every run with a seed', async (t) => {
  const delaysMs = recordTimers(t)
  const drawn = async (ofRule?: number, ofSandbox?: number): Promise<number[]> => {
    const { app, create } = sandbox(t, ofSandbox === undefined ? {} : { seed: ofSandbox })
    const seed = ofRule === undefined ? {} : { seed: ofRule }
    app.control.faults.arm({ ...seed, effect: { minMs: 5, maxMs: 25 }, times: null })
    delaysMs.length = 0
    for (let count = 0; count < 5; count += 1) await create()
    return delaysMs.filter((delayMs) => delayMs >= 5 && delayMs <= 25)
  }
  const first = await drawn(1)
  t.equal(first.length, 5, 'they are between the bounds')
  t.strictSame(await drawn(1), first)
  t.notSame(await drawn(2), first)
  t.strictSame(await drawn(undefined, 1), await drawn(undefined, 1))
})

t.test('after-commit: a webhook is changed or deleted, its answer replaced', async (t) => {
  for (const method of ['PATCH', 'DELETE'] as const) {
    const { app } = sandbox(t, { data: { webhooks: [seeded] } })
    app.control.faults.arm({ effect: { status: 504 }, when: 'after-commit' })
    t.equal((await app.inject(webhookRequest(method, seeded.id))).statusCode, 504)
    const versions = app.control.webhooks.list().map(({ version }) => version)
    t.strictSame(versions, method === 'PATCH' ? [seeded.version + 1] : [], method)
  }
})

t.test('after-commit rules act in the order in which they were armed', async (t) => {
  const { app, create } = sandbox(t)
  const when = 'after-commit'
  const first = app.control.faults.arm({ effect: { delayMs: 1 }, when })
  const second = app.control.faults.arm({ effect: { status: 502 }, when })
  const third = app.control.faults.arm({ effect: { status: 504 }, when })
  t.equal((await create()).statusCode, 502)
  t.strictSame(
    onlyRequest(app).faults.map(({ id }) => id),
    [first.id, second.id],
  )
  t.equal(actedOf(app, third), 0)
})

t.test('after-commit rules do not count requests that another fault answered', async (t) => {
  const { app, create } = sandbox(t)
  const fault = app.control.faults.arm({ effect: { status: 502 }, when: 'after-commit' })
  app.control.faults.arm({ effect: { status: 504 } })
  t.equal((await create()).statusCode, 504)
  t.equal((await create({ headers: { prefer: 'code=409' } })).statusCode, 409)
  const special = webhooksOf('00000000-0000-4000-8000-000000000503')
  t.equal((await create({ url: special })).statusCode, 503)
  t.match(app.control.faults.get(fault.id), { matched: 0, acted: 0, remaining: 1 })
  t.equal((await create()).statusCode, 502)
})

t.test('operations below /oauth2: which faults act on them', async (t) => {
  const requests = {
    'create-token': tokenRequest(),
    'revoke-token': post('/oauth2/revoke', 'token=x'),
    'show-keys': { url: '/oauth2/jwks' },
  } as const
  for (const [operation, request] of Object.entries(requests)) {
    for (const when of ['before', 'after-commit'] as const) {
      const { app } = sandbox(t)
      const rule = { match: { operation: operation as keyof typeof requests }, when }
      const fault = app.control.faults.arm({ ...rule, effect: { status: 502 } })
      await app.inject(createRequest())
      t.equal(actedOf(app, fault), 0, 'other operations pass')
      t.equal((await app.inject(request)).statusCode, 502, `${operation}, ${when}`)
      t.equal(actedOf(app, fault), 1)
    }
  }
})

t.test('each body has Retry-After where the rule has retryAfterSeconds', async (t) => {
  const { app, create } = sandbox(t)
  const bodies = ['problem', 'spring-security', 'boot-error', 'gateway-html', 'empty'] as const
  for (const body of bodies) {
    const effect: FaultEffect = { status: 401, body }
    app.control.faults.arm({ effect })
    t.equal((await create()).headers['retry-after'], undefined, body)
    app.control.faults.arm({ effect: { ...effect, retryAfterSeconds: 7 } })
    t.equal((await create()).headers['retry-after'], '7', body)
  }
})

t.test('while 1,000 requests are held, a no-response is closed', async (t) => {
  const server = await listening(t)
  const delay = server.faults.arm({ effect: { delayMs: veryLong }, times: 1_000 })
  const held = Array.from({ length: 1_000 }, () => sent(server.app.inject(createRequest())))
  await until(() => actedOf(server.app, delay) === 1_000)
  server.faults.arm({ effect: { connection: 'no-response' } })
  t.equal((await exchange(t, server, requestText())).head, '')
  t.match(server.requests.find(), [
    { status: null, path: webhooksOf(entity), faults: [{ effect: { connection: 'no-response' } }] },
  ])
  server.reset()
  await Promise.all(held)
})
