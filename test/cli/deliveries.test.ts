import { createServer as createHttpsServer } from 'node:https'
import t, { type Test } from 'tap'
import { connectSandbox } from '../../src/client/index.ts'
import type { Delivery } from '../../src/index.ts'
import { greeting, run } from '../fixtures/program.ts'
import { listenOn, nobody, rawReceiver, receiver } from '../fixtures/receiver.ts'
import { selfSigned } from '../fixtures/self-signed.ts'
import { entity, validBody, validHeaders, webhooksOf } from '../fixtures/requests.ts'

const create = (url: string): Promise<number> =>
  fetch(url + webhooksOf(entity), {
    method: 'POST',
    headers: validHeaders,
    body: JSON.stringify({ ...validBody, eventList: [] }),
  }).then(({ status }) => status)

t.test(
  '1,000 deliveries to a receiver that hangs hold up neither creates nor the end',
  async (t) => {
    let open = 0
    let met = (): void => undefined
    const underWay = new Promise<void>((resolve) => (met = resolve))
    const deliverTo = await rawReceiver(t, (socket) => {
      socket.resume()
      open += 1
      if (open === 100) met()
    })
    const patience = ['--delivery-timeout', '3600', '--shutdown-timeout', '3600']
    const program = run(t, ['--port', '0', '--deliver-to', deliverTo, ...patience])
    const { url } = await greeting(program)
    const { events, deliveries } = await connectSandbox(url)

    for (let webhooks = 0; webhooks < 100; webhooks += 1) t.equal(await create(url), 201)
    const event = { type: 'booking.create', managingEntityIdentifier: entity }
    for (let sent = 0; sent < 10; sent += 1) await events.trigger(event)
    await underWay
    const statuses = await Promise.all(Array.from({ length: 50 }, () => create(url)))
    t.strictSame(new Set(statuses), new Set([201]))
    t.equal((await deliveries.list({ state: 'pending' })).length, 1_000, 'none has ended')
    t.equal(open, 100, 'the others wait for their turn')

    program.process.kill('SIGTERM')
    t.match(await program.exit, { code: 0 }, 'it ends, although each delivery had an hour')
  },
)

/** Runs the program with these flags and variables, and has it deliver an event. */
async function delivered(
  t: Test,
  flags: string[],
  env: Readonly<Record<string, string>>,
): Promise<Delivery | undefined> {
  const { url } = await greeting(run(t, ['--port', '0', '--retry-delays', '', ...flags], env))
  t.equal(await create(url), 201)
  const { events } = await connectSandbox(url)
  const event = { type: 'booking.create', managingEntityIdentifier: entity, waitMs: 60_000 }
  return (await events.trigger(event)).deliveries[0]
}

t.test('a proxy of the environment is not used', async (t) => {
  const direct = await receiver(t, (_request, response) => response.end())
  const proxy = await nobody()
  const variables = { HTTP_PROXY: proxy, http_proxy: proxy, ALL_PROXY: proxy }
  t.match(await delivered(t, ['--deliver-to', direct], { ...variables, NODE_USE_ENV_PROXY: '1' }), {
    state: 'delivered',
  })
})

t.test('only --delivery-insecure-tls turns the check of certificates off', async (t) => {
  const server = createHttpsServer(selfSigned, (_request, response) => response.end())
  const flags = ['--deliver-to', `https://127.0.0.1:${await listenOn(t, server)}`]
  t.match(await delivered(t, flags, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }), {
    state: 'failed',
    attempts: [{ error: 'its certificate is self-signed' }],
  })
  t.match(await delivered(t, [...flags, '--delivery-insecure-tls'], {}), { state: 'delivered' })
})
