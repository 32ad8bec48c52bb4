import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import t from 'tap'
import type { ConnectionFault } from '../../../src/control/faults/schema.ts'
import { buildApp, type FaultRule } from '../../../src/index.ts'
import { onlyRequest, until, veryLong } from '../../fixtures/faults.ts'
import { recorder } from '../../fixtures/recorder.ts'
import { createRequest, entity, webhooksOf } from '../../fixtures/requests.ts'
import { dial, listening, requestText } from '../../fixtures/wire.ts'
import { fastifyOf } from '../../fixtures/sandbox.ts'

const moments = ['before', 'after-commit'] as const
const keptOpen = requestText(`POST ${webhooksOf(entity)} HTTP/1.1`, { connection: 'keep-alive' })

/** All that came until the connection ended, and how it ended: by a FIN, or with the code of an error. */
async function untilEnd(socket: Socket): Promise<{ text: string; end: string }> {
  let text = ''
  let end = ''
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()))
  socket.once('end', () => (end = 'FIN'))
  socket.once('error', ({ code = '' }: NodeJS.ErrnoException) => (end = code))
  await new Promise((resolve) => socket.once('close', resolve))
  return { text, end }
}

function partsOf(text: string): { head: string; length: number; body: string } {
  const [head = '', body = ''] = text.split('\r\n\r\n', 2)
  return { head, length: Number(/^content-length: (\d+)/im.exec(head)?.[1]), body }
}

for (const when of moments) {
  const stored = when === 'before' ? 0 : 1

  t.test(
    `${when}: connection-reset is a TCP RST, empty-response a FIN without a byte`,
    async (t) => {
      const cases: { connection: ConnectionFault; end: string }[] = [
        { connection: 'connection-reset', end: 'ECONNRESET' },
        { connection: 'empty-response', end: 'FIN' },
      ]
      for (const { connection, end } of cases) {
        await t.test(connection, async (t) => {
          const { logger, entries } = recorder()
          const server = await listening(t, { logger })
          server.faults.arm({ effect: { connection }, when })
          const socket = await dial(t, server)
          socket.write(keptOpen)
          t.strictSame(await untilEnd(socket), { text: '', end })
          t.match(onlyRequest(server.app), { status: null, faults: [{ effect: { connection } }] })
          t.equal(server.webhooks.list().length, stored)
          t.match(entries(), [{ method: 'POST', status: null, detail: connection }])
          t.equal(entries().length, 1, 'one line in the log')
        })
      }
    },
  )

  t.test(`${when}: truncated-body announces all of a body and sends half`, async (t) => {
    const server = await listening(t)
    server.faults.arm({ effect: { connection: 'truncated-body', status: 503 }, when })
    const socket = await dial(t, server)
    socket.write(keptOpen)
    const { text, end } = await untilEnd(socket)
    t.equal(end, 'FIN')
    const { head, length, body } = partsOf(text)
    t.match(head, /^HTTP\/1\.1 503 Service Unavailable\r\n/)
    t.match(head, /^content-type: application\/problem\+json\r?$/m)
    t.match(head, /^retry-after: 1\r?$/m)
    const { id } = onlyRequest(server.app)
    t.match(head, new RegExp(`^x-wink-mock-request-id: ${id}\\r?$`, 'm'))
    t.match(body, /^\{"type":"about:blank","title":"Service Unavailable"/)
    t.equal(body.length, Math.floor(length / 2))
    t.match(onlyRequest(server.app), { status: 503 }, 'the status was sent')
    t.equal(server.webhooks.list().length, stored)
  })
}

t.test('truncated-body without a status: half of a 500, or of the truth', async (t) => {
  const server = await listening(t)
  const rule: FaultRule = { effect: { connection: 'truncated-body' } }
  server.faults.arm(rule)
  const failed = await dial(t, server)
  failed.write(keptOpen)
  t.match((await untilEnd(failed)).text, /^HTTP\/1\.1 500 Internal Server Error\r\n/)
  t.strictSame(server.webhooks.list(), [])

  server.faults.arm({ ...rule, when: 'after-commit' })
  const created = await dial(t, server)
  created.write(keptOpen)
  const { head, length, body } = partsOf((await untilEnd(created)).text)
  t.match(head, /^HTTP\/1\.1 201 Created\r\n/, 'with its reason phrase')
  t.match(head, /^content-type: application\/json\r?$/m)
  const [webhook] = server.webhooks.list()
  t.equal(length, JSON.stringify(webhook).length)
  t.equal(body, JSON.stringify(webhook).slice(0, Math.floor(length / 2)))
})

t.test('no-response: held, in the journal, until the client gives up', async (t) => {
  for (const when of moments) {
    await t.test(when, async (t) => {
      const { logger, entries } = recorder()
      const server = await listening(t, { logger })
      server.faults.arm({ effect: { connection: 'no-response' }, when })
      const socket = await dial(t, server)
      const arrives = once(fastifyOf(server.app).server, 'request')
      const end = untilEnd(socket)
      socket.write(keptOpen)
      const [{ socket: other }] = (await arrives) as [{ socket: Socket }]
      const [seen] = await server.requests.wait({})
      t.match(seen, { status: null, faults: [{ effect: { connection: 'no-response' } }] })
      t.notOk(other.destroyed, 'the server waits')
      const gone = new Promise((resolve) => other.once('close', resolve))
      socket.destroy()
      await gone
      t.strictSame(await end, { text: '', end: '' })
      t.equal(server.requests.count(), 1, 'it is in the journal once')
      t.equal(server.webhooks.list().length, when === 'before' ? 0 : 1)
      t.match(entries(), [{ status: null, detail: 'no-response' }])
      t.equal(entries().length, 1, 'one line in the log')
    })
  }
})

t.test('no-response: the client is seen to give up behind a body that nobody reads', async (t) => {
  const server = await listening(t, { maxJournalEntries: 0 })
  server.faults.arm({ effect: { connection: 'no-response' } })
  const socket = await dial(t, server)
  const arrives = once(fastifyOf(server.app).server, 'request')
  socket.write(requestText(undefined, {}, 'x'.repeat(900_000)))
  const [{ socket: other }] = (await arrives) as [{ socket: Socket }]
  const gone = new Promise((resolve) => other.once('close', resolve))
  socket.destroy()
  await gone
  t.pass()
})

t.test(
  'empty-response and truncated-body: a long body is read, so that it ends in no RST',
  async (t) => {
    for (const connection of ['empty-response', 'truncated-body'] as const) {
      await t.test(connection, async (t) => {
        const server = await listening(t, { maxJournalEntries: 0 })
        server.faults.arm({ effect: { connection } })
        const port = Number(new URL(server.url).port)
        const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
        t.teardown(() => socket.destroy())
        const end = untilEnd(socket)
        const bytes = requestText(undefined, {}, 'x'.repeat(20_000_000))
        await new Promise((resolve) => socket.write(bytes, resolve))
        socket.end()
        t.match(await end, { end: 'FIN' })
      })
    }
  },
)

t.test('what is held is cut when the sandbox closes', async (t) => {
  const cases: { name: string; rules: FaultRule[] }[] = [
    { name: 'no-response', rules: [{ effect: { connection: 'no-response' } }] },
    {
      name: 'after the commit',
      rules: [{ effect: { connection: 'no-response' }, when: 'after-commit' }],
    },
    {
      name: 'behind a delay that the end cuts short',
      rules: [{ effect: { connection: 'no-response', delayMs: veryLong } }],
    },
  ]
  for (const { name, rules } of cases) {
    await t.test(name, async (t) => {
      const server = await listening(t, { shutdownTimeoutMs: veryLong })
      const [fault] = rules.map((rule) => server.faults.arm(rule))
      const sockets = await Promise.all([dial(t, server), dial(t, server)])
      const ends = sockets.map(untilEnd)
      sockets[0].write(keptOpen)
      await once(fastifyOf(server.app).server, 'request')
      await until(() => server.faults.get(String(fault?.id)).acted === 1)
      await server.close()
      t.match(await Promise.all(ends), [{ text: '' }, { text: '' }])
    })
  }
})

t.test('an injected request is rejected, whatever the kind', async (t) => {
  for (const connection of [
    'connection-reset',
    'empty-response',
    'truncated-body',
    'no-response',
  ] as const) {
    for (const when of moments) {
      await t.test(`${connection}, ${when}`, async (t) => {
        const app = buildApp()
        t.teardown(() => app.close())
        app.control.faults.arm({ effect: { connection }, when })
        await t.rejects(app.inject(createRequest()))
        t.match(onlyRequest(app), { faults: [{ effect: { connection }, when }] })
        t.equal(app.control.webhooks.list().length, when === 'before' ? 0 : 1)
      })
    }
  }
})

t.test('answers keep their order: what comes behind a held one waits for its turn', async (t) => {
  const cases: { connection: ConnectionFault; statuses: string[]; end: string }[] = [
    { connection: 'connection-reset', statuses: ['201'], end: 'ECONNRESET' },
    { connection: 'empty-response', statuses: ['201'], end: 'FIN' },
    { connection: 'truncated-body', statuses: ['201', '500'], end: 'FIN' },
    { connection: 'no-response', statuses: ['201'], end: 'FIN' },
  ]
  for (const { connection, statuses, end } of cases) {
    await t.test(connection, async (t) => {
      const server = await listening(t, { shutdownTimeoutMs: veryLong })
      const delay = server.faults.arm({ effect: { delayMs: 20 } })
      const broken = server.faults.arm({ skip: 1, effect: { connection } })
      const socket = await dial(t, server)
      const all = untilEnd(socket)
      socket.write(keptOpen + keptOpen)
      await until(() => server.faults.get(delay.id).acted === 1)
      t.match(server.faults.get(broken.id), { acted: 0 }, 'not while the first one is held')
      t.equal(socket.bytesRead, 0, 'nothing is answered while the first one is held')
      const requests = await server.requests.wait({ count: 2 })
      t.match(requests, [{ status: 201 }, { faults: [{ effect: { connection } }] }])
      if (connection === 'no-response') {
        await until(() => socket.bytesRead > 0)
        await server.close()
      }
      const { text, end: actualEnd } = await all
      t.strictSame(text.match(/(?<=HTTP\/1\.1 )\d+/g), statuses)
      t.equal(actualEnd, end)
      t.equal(server.webhooks.list().length, 1)
    })
  }
})
