import type { LightMyRequestResponse } from 'fastify'
import t from 'tap'
import type { FaultEffect } from '../../../src/index.ts'
import { onlyRequest } from '../../fixtures/faults.ts'
import { entity, webhooksOf } from '../../fixtures/requests.ts'
import { now, problemOf, sandbox } from '../../fixtures/sandbox.ts'

type Status = NonNullable<FaultEffect['status']>

/** The header fields that a fault decides on: without those that every answer has. */
function headersOf({ headers }: LightMyRequestResponse): Record<string, unknown> {
  const common = ['connection', 'content-length', 'date', 'x-wink-mock-request-id']
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !common.includes(name)))
}

const invalidToken = 'Bearer error="invalid_token", error_description="The token was refused."'
const insufficientScope = 'Bearer error="insufficient_scope", scope="account.write"'

const statuses: { status: Status; title: string; headers?: Record<string, string> }[] = [
  { status: 400, title: 'Bad Request' },
  { status: 401, title: 'Unauthorized', headers: { 'www-authenticate': invalidToken } },
  { status: 403, title: 'Forbidden', headers: { 'www-authenticate': insufficientScope } },
  { status: 404, title: 'Not Found' },
  { status: 405, title: 'Method Not Allowed', headers: { allow: 'POST' } },
  { status: 408, title: 'Request Timeout' },
  { status: 409, title: 'Conflict' },
  { status: 413, title: 'Content Too Large' },
  { status: 415, title: 'Unsupported Media Type', headers: { accept: 'application/json' } },
  { status: 429, title: 'Too Many Requests' },
  { status: 431, title: 'Request Header Fields Too Large' },
  { status: 500, title: 'Internal Server Error' },
  { status: 502, title: 'Bad Gateway' },
  { status: 503, title: 'Service Unavailable', headers: { 'retry-after': '1' } },
  { status: 504, title: 'Gateway Timeout' },
]

t.test('every status is answered as the problem that it is, and nothing is stored', async (t) => {
  for (const { status, title, headers = {} } of statuses) {
    await t.test(`${status}`, async (t) => {
      const { app, create } = sandbox(t)
      const { id } = app.control.faults.arm({ effect: { status } })
      const response = await create()
      t.equal(response.statusCode, status)
      t.strictSame(headersOf(response), { ...headers, 'content-type': 'application/problem+json' })
      t.strictSame(problemOf(t, response), {
        type: 'about:blank',
        title,
        status,
        detail: `Answered because of "fault ${id}"; the request was not carried out.`,
        instance: webhooksOf(entity),
      })
      t.strictSame(app.control.webhooks.list(), [])
      t.match(onlyRequest(app), {
        id: response.headers['x-wink-mock-request-id'],
        status,
        createdWebhookId: null,
        faults: [{ source: 'rule', id, effect: { status }, when: 'before' }],
        diagnosis: { refusedBy: null },
      })
      t.equal((await create()).statusCode, 201, 'the next request is not hit')
    })
  }
})

const html = (title: string): string =>
  `<html>\n<head><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n<hr>gateway\n</body>\n</html>\n`
const bootError = (status: number, error: string): string =>
  JSON.stringify({ timestamp: now, status, error, path: webhooksOf(entity) })
const json = { 'content-type': 'application/json' }

const presets: { effect: FaultEffect; headers: Record<string, string>; body: string }[] = [
  {
    effect: { status: 401, body: 'spring-security' },
    headers: { 'www-authenticate': invalidToken },
    body: '',
  },
  {
    effect: { status: 403, body: 'spring-security' },
    headers: { 'www-authenticate': insufficientScope },
    body: '',
  },
  {
    effect: { status: 500, body: 'boot-error' },
    headers: json,
    body: bootError(500, 'Internal Server Error'),
  },
  {
    effect: { status: 405, body: 'boot-error' },
    headers: { ...json, allow: 'POST' },
    body: bootError(405, 'Method Not Allowed'),
  },
  {
    effect: { status: 503, body: 'boot-error' },
    headers: { ...json, 'retry-after': '1' },
    body: bootError(503, 'Service Unavailable'),
  },
  {
    effect: { status: 502, body: 'gateway-html' },
    headers: { 'content-type': 'text/html' },
    body: html('502 Bad Gateway'),
  },
  {
    effect: { status: 503, body: 'gateway-html' },
    headers: { 'content-type': 'text/html' },
    body: html('503 Service Unavailable'),
  },
  { effect: { status: 503, body: 'empty' }, headers: {}, body: '' },
  { effect: { status: 401, body: 'empty' }, headers: {}, body: '' },
]

t.test(
  'every body has the header fields and the bytes of its sender, before and after',
  async (t) => {
    for (const { effect, headers, body } of presets) {
      for (const when of ['before', 'after-commit'] as const) {
        await t.test(`${effect.body} with ${effect.status}, ${when}`, async (t) => {
          const { app, create } = sandbox(t)
          app.control.faults.arm({ effect, when })
          const response = await create()
          t.equal(response.statusCode, effect.status)
          t.equal(
            response.statusMessage,
            statuses.find(({ status }) => status === effect.status)?.title,
          )
          t.strictSame(headersOf(response), headers)
          t.equal(response.headers['content-length'], String(Buffer.byteLength(body)))
          t.equal(response.body, body)
        })
      }
    }
  },
)

t.test('detail and Retry-After are those of the rule', async (t) => {
  const { app, create } = sandbox(t)
  const arm = (effect: FaultEffect) => app.control.faults.arm({ effect })

  arm({ status: 409, detail: 'Größe: "zu groß" 🙂.', retryAfterSeconds: 0 })
  const conflict = await create()
  t.equal(problemOf(t, conflict).detail, 'Größe: "zu groß" 🙂.')
  t.equal(conflict.headers['content-length'], String(Buffer.byteLength(conflict.body)))
  t.equal(conflict.headers['retry-after'], '0')

  arm({ status: 503, retryAfterSeconds: 30 })
  t.equal((await create()).headers['retry-after'], '30', 'in place of the usual one')

  arm({ status: 429, retryAfterSeconds: 5, body: 'empty' })
  t.strictSame(headersOf(await create()), { 'retry-after': '5' })

  arm({ status: 502, retryAfterSeconds: 5, body: 'gateway-html' })
  t.strictSame(headersOf(await create()), { 'retry-after': '5', 'content-type': 'text/html' })
})

t.test('an answer says what the path really allows and asks for', async (t) => {
  const { app } = sandbox(t)
  const arm = (effect: FaultEffect) => app.control.faults.arm({ effect })
  arm({ status: 405 })
  t.equal((await app.inject({ url: '/api/unknown' })).headers.allow, '', 'an unknown path: nothing')
  arm({ status: 405 })
  t.equal((await app.inject({ method: 'PUT', url: webhooksOf(entity) })).headers.allow, 'POST')
  arm({ status: 403 })
  const forbidden = await app.inject({ url: '/api/unknown' })
  t.equal(forbidden.headers['www-authenticate'], insufficientScope)
  arm({ status: 500, body: 'boot-error' })
  const failed = await app.inject({ url: '/api/unknown/"?q=1' })
  t.match(failed.json(), { path: '/api/unknown/%22' }, 'the path as a URI, without its query')
})
