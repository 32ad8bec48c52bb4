import { once } from 'node:events'
import t from 'tap'
import type { FaultRule } from '../../../src/index.ts'
import { actedOf, onlyRequest, sent, until, veryLong } from '../../fixtures/faults.ts'
import { recorder } from '../../fixtures/recorder.ts'
import { entity, validBody, webhooksOf } from '../../fixtures/requests.ts'
import { fastifyOf, problemOf, sandbox } from '../../fixtures/sandbox.ts'
import { dial, listening, received, requestText } from '../../fixtures/wire.ts'

const keptOpen = requestText(`POST ${webhooksOf(entity)} HTTP/1.1`, { connection: 'keep-alive' })
const delay = { delayMs: veryLong }

t.test('a delayed request is answered at once when the sandbox closes', async (t) => {
  const cases: { name: string; rules: FaultRule[]; status: number; stored: number }[] = [
    { name: 'the true answer', rules: [{ effect: delay }], status: 201, stored: 1 },
    {
      name: 'a random delay',
      rules: [{ effect: { minMs: veryLong - 1, maxMs: veryLong } }],
      status: 201,
      stored: 1,
    },
    {
      name: 'a problem',
      rules: [{ effect: { ...delay, status: 409 } }],
      status: 409,
      stored: 0,
    },
    {
      name: 'the true answer after the commit',
      rules: [{ effect: delay, when: 'after-commit' }],
      status: 201,
      stored: 1,
    },
    {
      name: 'a problem after the commit',
      rules: [{ effect: { ...delay, status: 504 }, when: 'after-commit' }],
      status: 504,
      stored: 1,
    },
    { name: 'two delays', rules: [{ effect: delay }, { effect: delay }], status: 201, stored: 1 },
    {
      name: 'one before and one after the commit',
      rules: [{ effect: delay }, { effect: delay, when: 'after-commit' }],
      status: 201,
      stored: 1,
    },
  ]
  for (const { name, rules, status, stored } of cases) {
    await t.test(name, async (t) => {
      const server = await listening(t, { shutdownTimeoutMs: veryLong })
      const [fault] = rules.map((rule) => server.faults.arm(rule))
      const acted = (): number => server.faults.get(String(fault?.id)).acted
      const socket = await dial(t, server)
      const answer = received(socket)
      socket.write(keptOpen)
      await once(fastifyOf(server.app).server, 'request')
      await until(() => acted() === 1)
      t.equal(server.requests.count(), 0, 'it is not answered')
      t.equal(socket.bytesRead, 0)
      await server.close()
      t.match(await answer, new RegExp(`^HTTP/1\\.1 ${status} .*\r\nconnection: close\r\n`, 'si'))
      t.match(onlyRequest(server.app), { status })
      t.equal(onlyRequest(server.app).faults.length, rules.length)
      t.equal(server.webhooks.list().length, stored)
    })
  }
})

t.test('a client that gives up during a delay', async (t) => {
  const long = JSON.stringify({ ...validBody, name: 'x'.repeat(200_000) })
  const cases: { name: string; rules: FaultRule[]; bytes?: string; stored: number }[] = [
    { name: 'nothing is stored', rules: [{ effect: delay }], stored: 0 },
    {
      name: 'nor with an answer of the fault',
      rules: [{ effect: { ...delay, status: 503 } }],
      stored: 0,
    },
    {
      name: 'nor behind a long body',
      rules: [{ effect: delay }],
      bytes: requestText(undefined, {}, long),
      stored: 0,
    },
    {
      name: 'after the commit it is stored already',
      rules: [{ effect: delay, when: 'after-commit' }],
      stored: 1,
    },
  ]
  for (const { name, rules, bytes = keptOpen, stored } of cases) {
    await t.test(name, async (t) => {
      const { logger, entries } = recorder()
      const server = await listening(t, { logger })
      const [fault] = rules.map((rule) => server.faults.arm(rule))
      const socket = await dial(t, server)
      const sent = new Promise((resolve) => socket.write(bytes, resolve))
      await once(fastifyOf(server.app).server, 'request')
      await sent
      await until(() => server.webhooks.list().length === stored)
      socket.destroy()
      t.match(await server.requests.wait({}), [{ status: null, faults: [{ id: fault?.id }] }])
      const webhooks = server.webhooks.list()
      t.equal(webhooks.length, stored)
      t.equal(onlyRequest(server.app).createdWebhookId, webhooks[0]?.id ?? null)
      t.match(entries(), [{ status: null, detail: 'the client gave up' }])
      t.equal(entries().length, 1, 'one line in the log')
    })
  }
})

t.test('what did not act because the client gave up is not used up', async (t) => {
  const server = await listening(t)
  const delayed = server.faults.arm({ effect: delay })
  const behind = server.faults.arm({ effect: { status: 503 } })
  const socket = await dial(t, server)
  socket.write(keptOpen)
  await once(fastifyOf(server.app).server, 'request')
  socket.destroy()
  await server.requests.wait({})
  t.equal(actedOf(server.app, delayed), 1)
  t.equal(actedOf(server.app, behind), 0)
})

t.test('a client that gives up and had asked for a fault itself', async (t) => {
  const server = await listening(t)
  server.faults.arm({ effect: delay })
  const socket = await dial(t, server)
  socket.write(requestText(undefined, { prefer: 'code=503' }))
  await once(fastifyOf(server.app).server, 'request')
  socket.destroy()
  await server.requests.wait({})
  t.match(onlyRequest(server.app), { status: null, faults: [{ source: 'rule' }] })
})

t.test('a long body arrives during a delay: it does not run into the time limit', async (t) => {
  const server = await listening(t, { requestTimeoutMs: 2_000, shutdownTimeoutMs: veryLong })
  server.faults.arm({ effect: delay })
  const socket = await dial(t, server)
  const answer = received(socket)
  const arrives = once(fastifyOf(server.app).server, 'request')
  const long = { ...validBody, name: 'x'.repeat(900_000) }
  socket.write(requestText(undefined, {}, JSON.stringify(long)))
  const [request] = (await arrives) as [{ complete: boolean }]
  await until(() => request.complete)
  await server.close()
  t.match(await answer, /^HTTP\/1\.1 201 /)
  t.match(onlyRequest(server.app), { bodyBytes: JSON.stringify(long).length })
  t.equal(server.webhooks.list()[0]?.name, long.name)
})

t.test('1,000 requests may be held at a time; one more is 503 and stores nothing', async (t) => {
  for (const when of ['before', 'after-commit'] as const) {
    await t.test(when, async (t) => {
      const { app, create } = sandbox(t)
      const stored = when === 'before' ? 0 : 1_000
      const fault = app.control.faults.arm({ effect: delay, times: null, when })
      const held = Array.from({ length: 1_000 }, () => sent(create()))
      await until(
        () => actedOf(app, fault) === 1_000 && app.control.webhooks.list().length === stored,
      )
      const response = await create()
      t.equal(response.statusCode, 503)
      t.equal(problemOf(t, response).detail, '1000 requests are held already; end some.')
      t.equal(app.control.requests.count(), 1, 'the others are not answered')
      await app.close()
      t.strictSame(
        new Set((await Promise.all(held)).map(({ statusCode }) => statusCode)),
        new Set([201]),
      )
    })
  }
})

t.test('a place is free again once a delay is over', async (t) => {
  const { app, create } = sandbox(t)
  app.control.faults.arm({ effect: { delayMs: 1 }, times: null })
  for (let round = 0; round < 2; round += 1) {
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => create()))
    t.ok(answers.every(({ statusCode }) => statusCode === 201))
  }
})

t.test('a random delay is drawn between its bounds, the same with a seed', async (t) => {
  const { app, create } = sandbox(t)
  app.control.faults.arm({ effect: { minMs: 0, maxMs: 2 }, seed: 3, times: null })
  for (let sent = 0; sent < 5; sent += 1) t.equal((await create()).statusCode, 201)
  t.equal(app.control.webhooks.list().length, 5)
})
