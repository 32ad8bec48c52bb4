import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import t from 'tap'
import { causeOf } from '../../../src/base/problems/causes.ts'
import { signatureHeaders, signingSecretFormat } from '../../../src/control/deliveries/signature.ts'

const secretOf = (bytes: number): string => `whsec_${randomBytes(bytes).toString('base64')}`

t.test('the library of Standard Webhooks verifies the signature', (t) => {
  const body = Buffer.from('{"id":"1","object":{"guest":"Zoë 😀"}}')
  for (const bytes of [24, 25, 32, 64]) {
    const secret = secretOf(bytes)
    t.ok(signingSecretFormat.test(secret), `a key of ${bytes} bytes`)
    const headers = { ...signatureHeaders(secret, { id: 'e-1', timeMs: Date.now(), body }) }
    t.same(new Webhook(secret).verify(body, headers), JSON.parse(body.toString()))
    t.throws(() => new Webhook(secret).verify(`${body.toString()} `, headers), /No matching/)
    t.throws(() => new Webhook(secretOf(24)).verify(body, headers), /No matching/)
    t.throws(
      () => new Webhook(secret).verify(body, { ...headers, 'webhook-id': 'e-2' }),
      /No matching/,
    )
  }
  t.end()
})

t.test('the id is that of the event, and the timestamp whole seconds of the attempt', (t) => {
  const message = { id: 'e-1', timeMs: 1_768_383_000_999, body: Buffer.from('') }
  t.match(signatureHeaders(secretOf(24), message), {
    'webhook-id': 'e-1',
    'webhook-timestamp': '1768383000',
    'webhook-signature': /^v1,[\w+/]{43}=$/,
  })
  t.end()
})

t.test('another secret is refused with its cause, which does not repeat it', (t) => {
  for (const [secret, cause] of [
    ['', 'it does not begin with whsec_'],
    ['MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'it does not begin with whsec_'],
    ['whsec_', 'its key has only 0 bytes'],
    [secretOf(23), 'its key has only 23 bytes'],
    [secretOf(65), 'its key has 65 bytes'],
    [secretOf(4_096), 'what follows whsec_ is not base64 with its padding'],
    [secretOf(25).slice(0, -1), 'what follows whsec_ is not base64 with its padding'],
    ['whsec_%%%%', 'what follows whsec_ is not base64 with its padding'],
    [`${secretOf(24)}\n`, 'it has a blank at its beginning or end: leave it out'],
  ] as const) {
    t.notOk(signingSecretFormat.test(secret))
    t.equal(causeOf(signingSecretFormat.causes, secret), cause)
  }
  t.end()
})
