import { ApiError } from '../../base/problems/problems.ts'
import type { DeliveryControl, EventControl } from '../deliveries/control.ts'
import type { EventTrigger } from '../deliveries/types.ts'
import type { FaultControl } from '../faults/control.ts'
import type { RequestControl } from '../journal/control.ts'
import type { MaybePromised } from '../promised.ts'
import type { Reset } from '../reset/types.ts'
import type { WebhookControl } from '../webhooks/control.ts'
import type { TenantSandbox } from './tenant-sandbox.ts'
import type { Tenant } from './types.ts'

/** The operations that a tenant narrows. */
interface Narrowable {
  readonly faults: FaultControl
  readonly requests: RequestControl
  readonly events: EventControl
  readonly deliveries: DeliveryControl
  readonly webhooks: WebhookControl
  reset(what?: Reset): void
}

/** Narrows the operations of a sandbox, in process or over HTTP, to a tenant. */
export function narrowTo(tenant: Tenant, control: Narrowable): TenantSandbox
export function narrowTo(
  tenant: Tenant,
  control: MaybePromised<Narrowable>,
): MaybePromised<TenantSandbox>
export function narrowTo(
  tenant: Tenant,
  { faults, requests, events, deliveries, webhooks, reset }: MaybePromised<Narrowable>,
): MaybePromised<TenantSandbox> {
  const { managingEntityIdentifier, name } = tenant
  const mine = { managingEntityIdentifier }
  /** Adds the managing entity. The control refuses what is no object. */
  const narrow = <Value extends object>(value: Value, pointer = '#'): Value => {
    if (!isObject(value)) return value
    requireNoEntity(value, pointer)
    return { ...value, ...mine }
  }
  return {
    ...tenant,
    entity: { identifier: managingEntityIdentifier, name },
    faults: {
      arm: (rule) =>
        faults.arm(isObject(rule) ? { ...rule, match: narrow(rule.match ?? {}, '#/match') } : rule),
      list: () => faults.list(mine),
      get: (id) => faults.get(id),
      remove: (id) => faults.remove(id),
      clear: () => faults.clear(mine),
    },
    requests: {
      find: (list = {}) => requests.find(narrow(list)),
      count: (filter = {}) => requests.count(narrow(filter)),
      get: (id) => requests.get(id),
      har: (list = {}) => requests.har(narrow(list)),
      http: (list = {}) => requests.http(narrow(list)),
      curl: (id) => requests.curl(id),
      wait: (what = {}, signal) => requests.wait(narrow(what), signal),
      clear: (filter = {}) => requests.clear(narrow(filter)),
    },
    events: {
      trigger: (event, signal) => events.trigger(narrow(event) as EventTrigger, signal),
    },
    deliveries: {
      list: (filter = {}) => deliveries.list(narrow(filter)),
      get: (id) => deliveries.get(id),
      wait: (what = {}, signal) => deliveries.wait(narrow(what), signal),
      redeliver: (id, how, signal) => deliveries.redeliver(id, how, signal),
      clear: (filter = {}) => deliveries.clear(narrow(filter)),
    },
    webhooks: { list: () => webhooks.list(mine) },
    reset: (what = {}) => reset(narrow(what)),
  }
}

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** @throws ApiError `bad-request` if a managing entity is named, although the tenant adds it */
function requireNoEntity(value: object, pointer: string): void {
  const { managingEntityIdentifier } = value as { managingEntityIdentifier?: unknown }
  if ((managingEntityIdentifier ?? undefined) === undefined) return
  const violation = {
    pointer: `${pointer}/managingEntityIdentifier`,
    detail: 'must be left out: the tenant adds its own',
  }
  throw new ApiError('bad-request', `${violation.pointer} ${violation.detail}.`, {
    violations: [violation],
  })
}
