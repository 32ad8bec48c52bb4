// A program that uses the library, without any other types. Options that the sandbox would refuse do not compile.
import {
  ArmedFault,
  buildApp,
  fixedClock,
  seededIds,
  startSandbox,
  type FaultRule,
  type Sandbox,
  type Webhook,
} from 'wink-webhook-mock'

export async function start(): Promise<Sandbox> {
  const data = { tokens: [{ token: 'reader', scopes: ['account.read' as const] }] }
  const log = (): void => undefined
  const sandbox = await startSandbox({ clock: fixedClock('2026-01-14T09:30:00Z'), seed: 1, data })
  await startSandbox({ ids: seededIds(1), switches: { timestamps: 'local' }, port: 0 })
  // @ts-expect-error: a misspelt option
  await startSandbox({ prot: 80 })
  // @ts-expect-error: no value of the switch
  await startSandbox({ switches: { timestamps: 'utc+7' } })
  // @ts-expect-error: no scope
  await startSandbox({ data: { tokens: [{ token: 't', scopes: ['account.admin'] }] } })
  // @ts-expect-error: a logger without `fatal` and `child`
  await startSandbox({ logger: { trace: log, debug: log, info: log, warn: log, error: log } })
  return sandbox
}

export function arm({ faults }: Sandbox): number {
  const rule: FaultRule = {
    match: { operation: 'create-webhook', method: 'POST' },
    times: null,
    when: 'after-commit',
    effect: { status: 503, retryAfterSeconds: 1, delayMs: 20 },
  }
  const { id, remaining } = faults.arm(rule)
  faults.arm({ effect: { connection: 'connection-reset' } })
  faults.arm({ effect: { status: 500, connection: 'truncated-body' } })
  faults.arm({ effect: { minMs: 10, maxMs: 20 } })
  for (const status of [401, 503] as const) faults.arm({ effect: { status } })
  for (const body of ['problem', 'empty'] as const) faults.arm({ effect: { status: 500, body } })
  // @ts-expect-error: no effect
  faults.arm({ effect: {} })
  // @ts-expect-error: a status, and a connection on which nothing is answered
  faults.arm({ effect: { status: 503, connection: 'connection-reset' } })
  // @ts-expect-error: a status that no fault has
  faults.arm({ effect: { status: 200 } })
  // @ts-expect-error: `detail` of an answer that is none
  faults.arm({ effect: { detail: 'Down.', delayMs: 20 } })
  // @ts-expect-error: `detail` in a body that has none
  faults.arm({ effect: { status: 502, body: 'gateway-html', detail: 'Down.' } })
  // @ts-expect-error: Spring Security answers 401 or 403
  faults.arm({ effect: { status: 500, body: 'spring-security' } })
  // @ts-expect-error: an empty body cannot be truncated
  faults.arm({ effect: { status: 500, body: 'empty', connection: 'truncated-body' } })
  // @ts-expect-error: half of a random delay
  faults.arm({ effect: { minMs: 10 } })
  // @ts-expect-error: two delays
  faults.arm({ effect: { delayMs: 20, minMs: 10, maxMs: 20 } })
  const effect = { status: 503 } as const
  // @ts-expect-error: a method that the operation does not have
  faults.arm({ match: { operation: 'create-webhook', method: 'GET' }, effect })
  const managingEntityIdentifier = id
  // @ts-expect-error: an operation that is about no managing entity
  faults.arm({ match: { operation: 'show-keys', managingEntityIdentifier }, effect })
  // @ts-expect-error: a misspelt member
  faults.arm({ match: { operaton: 'create-webhook' }, effect })
  return remaining ?? Infinity
}

export async function control(sandbox: Sandbox): Promise<string[]> {
  const { clock, requests, reset, tenants, webhooks } = sandbox
  clock.set({ mode: 'frozen' })
  clock.set({ mode: 'offset', offsetMs: -1000 })
  // @ts-expect-error: no offset
  clock.set({ mode: 'offset' })
  // @ts-expect-error: an instant of a clock that runs
  clock.set({ mode: 'system', instant: '2026-01-14T09:30:00Z' })
  const { managingEntityIdentifier } = tenants.create({ name: 'Of one test' })
  reset({ only: ['clock'] })
  reset({ managingEntityIdentifier, only: ['webhooks'] })
  // @ts-expect-error: all managing entities share the clock
  reset({ managingEntityIdentifier, only: ['clock'] })
  // @ts-expect-error: a reset of no part
  reset({ only: [] })
  const listen = (): void => undefined
  const signal = { aborted: false, addEventListener: listen, removeEventListener: listen }
  const tenant = sandbox.tenant()
  // @ts-expect-error: requests for tokens belong to no tenant
  tenant.faults.arm({ match: { operation: 'create-token' }, effect: { status: 503 } })
  // @ts-expect-error: requests for tokens belong to no tenant
  tenant.requests.find({ operation: 'create-token' })
  // @ts-expect-error: all tenants share the clock
  tenant.reset({ only: ['clock'] })
  const [request] = await requests.wait({ operation: 'create-webhook', timeoutMs: 1000 }, signal)
  // @ts-expect-error: no operation
  requests.find({ operation: 'create-hook' })
  const stored: Webhook[] = webhooks.list({ managingEntityIdentifier })
  return [...stored.map(({ id }) => id), ...(request?.diagnosis.hints ?? [])]
}

export async function inject(): Promise<Webhook> {
  const app = buildApp()
  const headers = { authorization: 'Bearer test' }
  const response = await app.inject({ method: 'GET', url: '/oauth2/jwks', headers })
  app.control.faults.clear()
  // @ts-expect-error: what Fastify has is not promised
  app.register(() => undefined)
  await app.close()
  return response.json<Webhook>()
}

// @ts-expect-error: the library does not export schemas
export const schema: unknown = ArmedFault
