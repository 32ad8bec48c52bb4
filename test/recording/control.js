// Requests that steer the sandbox, and what its faults answer.
import { admin, api, create, entity, form, get } from './builders.js'

export const statuses = [400, 401, 403, 404, 405, 408, 409, 413, 415, 429, 431, 500, 502, 503, 504]
export const faultBodies = ['problem', 'spring-security', 'boot-error', 'gateway-html', 'empty']

export function* faulted() {
  for (const status of statuses) {
    for (const body of faultBodies) {
      if (body === 'spring-security' && status !== 401 && status !== 403) continue
      yield admin('POST /__admin/faults', { effect: { status, body, retryAfterSeconds: 2 } })
      yield create(`fault ${status} ${body}`)
    }
    yield admin('POST /__admin/faults', { effect: { status } })
    yield { ...get('POST /oauth2/token', []), name: `token: fault ${status}` }
  }
  for (const connection of ['connection-reset', 'empty-response', 'truncated-body']) {
    for (const when of ['before', 'after-commit']) {
      yield admin('POST /__admin/faults', { effect: { connection }, when })
      yield create(`fault ${connection} ${when}`)
    }
  }
  yield admin('POST /__admin/faults', { effect: { status: 503 }, when: 'after-commit' })
  yield create('fault 503 after-commit')
  yield admin('POST /__admin/faults', { effect: { delayMs: 1 } })
  yield create('fault delay')
  for (const code of [400, 401, 403, 404, 405, 409, 415, 500, 503, 418]) {
    yield create(`Prefer ${code}`, { headers: [...api, `Prefer: code=${code}`] })
    yield get(`GET /api/managing-entity/00000000-0000-4000-8000-000000000${code}/webhook/list`)
  }
}

export function* control() {
  yield get('GET /__admin/health', [])
  yield get('HEAD /__admin/health', [])
  yield get('GET /__admin/ambiguities', [])
  yield get('GET /__admin/nothing', [])
  yield get('PUT /__admin/faults', [])
  yield {
    ...admin('POST /__admin/faults', { effect: { status: 503 } }),
    keep: { fault: /"id":"([^"]+)"/ },
  }
  yield get('GET /__admin/faults', [])
  yield get('GET /__admin/faults/<fault>', [])
  yield get('DELETE /__admin/faults/<fault>', [])
  yield get('GET /__admin/faults/<fault>', [])
  for (const rule of [
    {},
    { effect: {} },
    { effect: { status: 418 } },
    { effect: { status: 503 }, x: 1 },
  ]) {
    yield admin('POST /__admin/faults', rule)
  }
  yield { ...admin('POST /__admin/faults', {}), headers: [form], name: 'a fault as form' }
  yield { ...admin('POST /__admin/faults', {}), body: '{', name: 'a fault of broken JSON' }
  yield get('DELETE /__admin/faults', [])
  yield get('GET /__admin/requests/count', [])
  yield get('GET /__admin/requests?status=400', [])
  yield get('GET /__admin/requests?status=x&y=1', [])
  yield admin('POST /__admin/requests/find', { operation: 'create-webhook', status: 201 })
  yield admin('POST /__admin/requests/count', { method: 'get' })
  yield admin('POST /__admin/requests/wait', { count: 1, timeoutMs: 1000 })
  yield admin('POST /__admin/requests/wait', { count: 100_000, timeoutMs: 0 })
  yield get('GET /__admin/requests', [])
  yield get('GET /__admin/requests/nothing', [])
  yield get('GET /__admin/webhooks', [])
  yield get('GET /__admin/state', [])
  yield admin('PUT /__admin/state', { webhooks: [{}] })
  yield { ...admin('PUT /__admin/state'), name: 'no state' }
  yield admin('POST /__admin/tenants', { name: 'Of one test' })
  yield { ...admin('POST /__admin/tenants'), name: 'a tenant of nothing' }
  yield admin('POST /__admin/tenants', { name: '' })
  yield get('GET /__admin/clock', [])
  yield admin('PUT /__admin/clock', { mode: 'offset' })
  yield admin('POST /__admin/clock/advance', { ms: 0 })
  yield admin('POST /__admin/clock/advance', { ms: -1 })
  yield admin('POST /__admin/reset?only=faults,requests')
  yield admin('POST /__admin/reset', { only: ['x'] })
  yield admin('POST /__admin/reset', { only: ['webhooks'], managingEntityIdentifier: entity })
  yield { ...get('GET /__admin/clock', ['Origin: https://evil.example']), name: 'another origin' }
  yield {
    name: 'another host',
    raw: 'GET /__admin/clock HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
  }
  yield get('GET /openapi.json', [])
  yield get('GET /__admin/openapi.json', [])
  yield get('GET /reference', [])
  yield get('HEAD /reference/reference.js', [])
  yield admin('PUT /__admin/state', {})
}
