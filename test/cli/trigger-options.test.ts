import t from 'tap'
import { receiver } from '../fixtures/receiver.ts'
import { entity } from '../fixtures/requests.ts'
import { version } from '../../src/version.ts'
import { answering, command, subscribed, triggered } from '../fixtures/trigger.ts'

t.test('one webhook, header fields, a schedule and a signature', async (t) => {
  const target = await answering(t, 503, 503)
  const sandbox = await subscribed(t, [{}, {}], { deliverTo: target.url })
  const [webhook] = sandbox.webhooks.list()
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
  const flags = ['--retry-delays', '0', '--header', 'X-A: b: c ', '--header', 'X-Empty:']
  const argv = ['trigger', 'booking.create', '--url', sandbox.url, '--webhook', String(webhook?.id)]
  const { isDelivered, stdout } = await triggered([...argv, ...flags, '--sign', secret])
  t.notOk(isDelivered)
  t.equal(stdout.match(/attempt/g)?.length, 2, 'the schedule has one repetition')
  t.match(sandbox.deliveries.list(), [
    {
      webhookId: webhook?.id,
      headers: { 'x-a': 'b: c', 'x-empty': '' },
      attempts: [{ sent: { 'webhook-id': String } }, {}],
    },
  ])
  t.match(await triggered([...argv, '--managing-entity', entity]), { isDelivered: true })
})

t.test('without --url it asks the sandbox at --port or PORT, as health does', async (t) => {
  const target = await answering(t)
  const { url } = await subscribed(t, [{}], { deliverTo: target.url })
  const { port } = new URL(url)
  const argv = ['trigger', 'booking.create', '--managing-entity', entity]
  t.match(await triggered([...argv, '--port', port]), { isDelivered: true })
  t.match(await triggered(argv, { PORT: port }), { isDelivered: true })
})

t.test(
  'it waits on until the deliveries have ended; a wait whose time is up is no failure',
  async (t) => {
    const delivery = (state: string) => ({
      id: '1',
      url: 'http://localhost:3000/hook',
      copy: 1,
      state,
      reason: null,
      detail: null,
      attempts: [],
      verdict: [],
    })
    const paths: string[] = []
    let waitStatus = 408
    const url = await receiver(t, (request, response) => {
      const path = String(request.url).replace(/^\/__admin|\?.*/g, '')
      const waits = paths.filter((one) => one === '/deliveries/wait').length
      paths.push(path)
      const deliveries = [delivery(waits < 2 ? 'pending' : 'delivered')]
      const event = { id: '1', type: 'booking.create' }
      const answers: Record<string, object> = {
        '/health': { status: 'up', version },
        '/events': { event, deliveries, others: [], hints: [] },
        '/deliveries/wait': {
          type: 'about:blank',
          title: 'Timeout',
          status: waitStatus,
          detail: 'Late.',
        },
      }
      response.writeHead(path === '/deliveries/wait' ? waitStatus : 200)
      response.end(JSON.stringify(answers[path] ?? { deliveries }))
    })
    t.match(await triggered(command(url)), { isDelivered: true, stdout: /hook\n {2}delivered\.$/ })
    t.equal(paths.filter((path) => path === '/deliveries/wait').length, 2)
    waitStatus = 409
    paths.length = 0
    await t.rejects(
      triggered(command(url)),
      { exitCode: 1, message: `${url}: Late.` },
      'any other is one',
    )
  },
)
