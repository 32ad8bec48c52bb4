import t from 'tap'
import { ApiError, type TriggeredEvent } from '../../../src/index.ts'
import { deliverySandbox } from '../../fixtures/deliveries.ts'
import { entity, otherEntity } from '../../fixtures/requests.ts'
import { problemOf } from '../../fixtures/sandbox.ts'

t.test(
  'a type outside Wink’s catalogue is accepted with a hint, or refused (switch)',
  async (t) => {
    const { trigger } = deliverySandbox(t)
    const hints = (response: Awaited<ReturnType<typeof trigger>>): string | undefined =>
      response.json<TriggeredEvent>().hints[0]
    t.equal(
      hints(await trigger({ type: 'booking.created' })),
      '"booking.created" is not in Wink\'s event catalogue; did you mean booking.create?',
    )
    t.match(hints(await trigger({ type: 'account.create' })), /was retired from/)
    const strict = deliverySandbox(t, { switches: { unknownEventNames: 'refuse' } })
    t.equal((await strict.trigger()).statusCode, 202)
    t.match(problemOf(t, await strict.trigger({ type: 'booking.created' })), {
      status: 400,
      properties: { errors: [{ pointer: '#/type', detail: /booking\.create may be meant/ }] },
    })
  },
)

t.test('an event that cannot be is refused, and says where', async (t) => {
  const { app, trigger, webhook } = deliverySandbox(t)
  await webhook()
  const secret = `whsec_${Buffer.alloc(24).toString('base64')}`
  const tooMany = Array.from({ length: 11 }, () => 0)
  const cases: [object, string, RegExp][] = [
    [{ type: undefined }, '#/type', /must be present/],
    [{ type: 1 }, '#/type', /must be a string/],
    [{ type: '' }, '#/type', /at least 1 character/],
    [{ managingEntityIdentifier: undefined }, '#/managingEntityIdentifier', /or webhookId/],
    [{ webhookId: 'x' }, '#/webhookId', /must be a UUID/],
    [{ id: 'x' }, '#/id', /must be a UUID/],
    [{ raw: '', id: otherEntity }, '#/id', /must be left out: raw/],
    [{ raw: '', object: null }, '#/object', /must be left out: raw/],
    [{ contentType: 'text/plain' }, '#/contentType', /must be left out: it goes with raw/],
    [{ raw: '', contentType: 'a\nb' }, '#/contentType', /RFC 9110 §5\.5/],
    [{ headers: { 'a b': 'c' } }, '#/headers/a%20b', /RFC 9110 §5\.1/],
    [{ headers: { 'a~/b': 'c' } }, '#/headers/a~0~1b', /RFC 9110 §5\.1/],
    [{ headers: { a: 'b\nc' } }, '#/headers/a', /RFC 9110 §5\.5/],
    [{ headers: { a: ' b' } }, '#/headers/a', /without blanks at its ends/],
    [{ headers: { a: 'b\t' } }, '#/headers/a', /without blanks at its ends/],
    [{ headers: { a: 'b'.repeat(16_384) } }, '#/headers', /at most 16384 characters .* not 16385/],
    [{ raw: '', contentType: 'text/plain ' }, '#/contentType', /without blanks/],
    [{ headers: { Host: 'b' } }, '#/headers/Host', /it follows from the URL/],
    ...['Proxy-Connection', 'HTTP2-Settings', 'Connection', 'TE', 'Keep-Alive', 'Upgrade'].map(
      (name): [object, string, RegExp] => [
        { headers: { [name]: 'b' } },
        `#/headers/${name}`,
        /about the connection/,
      ],
    ),
    [{ headers: { a: 1 } }, '#/headers/a', /must be a string/],
    [{ headers: { 'X-A': 'b', 'x-a': 'c' } }, '#/headers/x-a', /another field has this name/],
    [{ headers: { 'content-Type': 'b' } }, '#/headers/content-Type', /beside raw/],
    [{ headers: { 'Content-Length': '1' } }, '#/headers/Content-Length', /the body/],
    [{ headers: { 'User-Agent': 'b' } }, '#/headers/User-Agent', /the sandbox's own/],
    [
      { headers: { 'X-Wink-Mock-Delivery-Id': 'b' } },
      '#/headers/X-Wink-Mock-Delivery-Id',
      /the sandbox's own/,
    ],
    [{ headers: { 'Transfer-Encoding': 'b' } }, '#/headers/Transfer-Encoding', /connection/],
    [{ sign: { secret }, headers: { 'Webhook-Id': '1' } }, '#/headers/Webhook-Id', /sign makes it/],
    [{ sign: { secret: 'whsec_x' } }, '#/sign/secret', /base64/],
    [{ sign: {} }, '#/sign/secret', /must be present/],
    [{ deliverTo: 'localhost:3000' }, '#/deliverTo', /it has no scheme/],
    [{ deliverTo: 'http://169.254.169.254' }, '#/deliverTo', /metadata/],
    [{ retryDelaysMs: tooMany }, '#/retryDelaysMs', /at most 10 items/],
    [{ retryDelaysMs: [-1] }, '#/retryDelaysMs/0', /at least 0/],
    [{ retryDelaysMs: [600_001] }, '#/retryDelaysMs/0', /at most 600000/],
    [{ copies: 0 }, '#/copies', /at least 1/],
    [{ copies: 11 }, '#/copies', /at most 10/],
    [{ waitMs: 600_001 }, '#/waitMs', /at most 600000/],
    [{ object2: 1 }, '#/object2', /no such member/],
  ]
  for (const [event, pointer, detail] of cases) {
    const response = await trigger(event)
    t.match(
      problemOf(t, response),
      { status: 400, properties: { errors: [{ pointer, detail }] } },
      JSON.stringify(event),
    )
    t.notMatch(response.body, 'whsec_x"')
  }
  const cycle: { self?: object } = {}
  cycle.self = cycle
  for (const object of [1n, cycle]) {
    const event = { type: 'x', managingEntityIdentifier: entity, object }
    await t.rejects(app.control.events.trigger(event), {
      name: 'ApiError',
      violations: [{ pointer: '#/object', detail: 'must be JSON' }],
    })
  }
  await t.rejects(app.control.events.trigger(null as never), ApiError)
  const long = 'x'.repeat(1024 * 1024)
  for (const [member, tooLong] of [
    ['object', long],
    ['raw', `${long}x`],
  ] as const) {
    const event = { type: 'x', managingEntityIdentifier: entity, [member]: tooLong }
    const error: unknown = await app.control.events
      .trigger(event)
      .catch((caught: unknown) => caught)
    const detail = /would have \d+ bytes, and may have 1048576$/
    t.match(error, { problem: 'bad-request', violations: [{ pointer: `#/${member}`, detail }] })
  }
  t.strictSame(app.control.deliveries.list(), [], 'nothing was sent')
})
