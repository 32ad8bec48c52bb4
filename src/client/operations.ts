import { ApiError } from '../base/problems/problems.ts'
import { uuid } from '../base/schema/patterns.ts'
import type { Control } from '../control/control.ts'
import type { Promised } from '../control/promised.ts'
import type { TenantInput } from '../control/tenants/types.ts'
import { narrowTo } from '../control/tenants/narrow.ts'
import type { TenantSandbox } from '../control/tenants/tenant-sandbox.ts'
import type { Delivery } from '../control/deliveries/types.ts'
import type { ArmedFault } from '../control/faults/types.ts'
import type { JournaledRequest } from '../control/journal/types.ts'
import type { SandboxSetting } from '../control/settings/types.ts'
import type { Ambiguity } from '../wink/switches/types.ts'
import type { Webhook } from '../wink/webhooks/types.ts'
import type { Send } from './http.ts'

/** A tenant of a sandbox that is reached over HTTP: {@link TenantSandbox} with promises. */
export type ConnectedTenant = Promised<TenantSandbox>

/** The operations of {@link Control}, over HTTP: every method gives a promise. */
export interface Operations extends Promised<Omit<Control, 'tenant'>> {
  /**
   * Creates a tenant, as `tenants.create` does, and narrows the other operations to it.
   *
   * @throws ApiError `bad-request` if `input` is invalid
   */
  tenant(input?: TenantInput): Promise<ConnectedTenant>
}

export function buildOperations(send: Send): Operations {
  const get = <Answer>(path: string): Promise<Answer> => send({ method: 'GET', path })
  const getText = (path: string): Promise<string> => send({ method: 'GET', path, isText: true })
  const remove = (path: string): Promise<void> => send({ method: 'DELETE', path })
  const post = <Answer>(path: string, body: unknown, signal?: AbortSignal): Promise<Answer> =>
    send({ method: 'POST', path, body, signal })
  const postForText = (path: string, body: unknown): Promise<string> =>
    send({ method: 'POST', path, body, isText: true })
  const put = <Answer>(path: string, body: unknown): Promise<Answer> =>
    send({ method: 'PUT', path, body })

  const operations: Omit<Operations, 'tenant'> = {
    faults: {
      arm: (rule) => post('/faults', rule),
      list: async (filter) => {
        const { faults } = await get<{ faults: ArmedFault[] }>(`/faults${queryOf(filter)}`)
        return faults
      },
      get: async (id) => get(`/faults/${segmentOf(id)}`),
      remove: async (id) => remove(`/faults/${segmentOf(id)}`),
      clear: async (filter) => remove(`/faults${queryOf(filter)}`),
    },
    requests: {
      find: async (filter) => {
        const { requests } = await post<Requests>('/requests/find', filter)
        return requests
      },
      count: async (filter) => {
        const { count } = await post<{ count: number }>('/requests/count', filter)
        return count
      },
      get: async (id) => get(`/requests/${segmentOf(id)}`),
      har: async (list) => post('/requests/find', { ...list, format: 'har' }),
      http: async (list) => postForText('/requests/find', { ...list, format: 'http' }),
      curl: async (id) => getText(`/requests/${segmentOf(id)}/curl`),
      wait: async (what, signal) => {
        const { requests } = await post<Requests>(
          '/requests/wait',
          what,
          signal as AbortSignal | undefined,
        )
        return requests
      },
      clear: async (filter) => remove(`/requests${queryOf(filter)}`),
    },
    events: {
      trigger: (event, signal) => post('/events', event, signal as AbortSignal | undefined),
    },
    deliveries: {
      list: async (filter) => {
        const { deliveries } = await get<Listed>(`/deliveries${queryOf(filter)}`)
        return deliveries
      },
      get: async (id) => get(`/deliveries/${segmentOf(id)}`),
      wait: async (what, signal) => {
        const { deliveries } = await post<Listed>(
          '/deliveries/wait',
          what,
          signal as AbortSignal | undefined,
        )
        return deliveries
      },
      redeliver: async (id, how, signal) =>
        post(`/deliveries/${segmentOf(id)}/redeliver`, how, signal as AbortSignal | undefined),
      clear: async (filter) => remove(`/deliveries${queryOf(filter)}`),
    },
    webhooks: {
      list: async (filter) => {
        const { webhooks } = await get<{ webhooks: Webhook[] }>(`/webhooks${queryOf(filter)}`)
        return webhooks
      },
    },
    state: { export: () => get('/state'), import: (data) => put('/state', data) },
    tenants: { create: (input) => post('/tenants', input) },
    clock: {
      read: () => get('/clock'),
      set: (setting) => put('/clock', setting),
      advance: (ms) => post('/clock/advance', { ms }),
    },
    ambiguities: {
      list: async () => {
        const { ambiguities } = await get<{ ambiguities: Ambiguity[] }>('/ambiguities')
        return ambiguities
      },
    },
    settings: {
      list: async () => {
        const { settings } = await get<{ settings: SandboxSetting[] }>('/settings')
        return settings
      },
    },
    reset: (what) => post('/reset', what),
  }
  return {
    ...operations,
    tenant: async (input) => promised(narrowTo(await operations.tenants.create(input), operations)),
  }
}

interface Requests {
  readonly requests: JournaledRequest[]
}

interface Listed {
  readonly deliveries: Delivery[]
}

/** A filter as a query; a member that is undefined is left out, and so is one that is null, except `status`. */
function queryOf(filter: object = {}): string {
  const members = Object.entries(filter).filter(
    ([name, value]) => value !== undefined && (value !== null || name === 'status'),
  )
  const query = new URLSearchParams(
    members.map(([name, value]): [string, string] => [name, String(value)]),
  )
  return members.length === 0 ? '' : `?${query.toString()}`
}

/**
 * An id as a segment of a path. Another text would be another path, such as `count` or `..`.
 *
 * @throws ApiError `bad-request` if it is no text, `not-found` if it is no UUID, which every id is
 */
function segmentOf(id: unknown): string {
  if (typeof id !== 'string') {
    throw new ApiError('bad-request', 'The id breaks 1 rule: # must be a string.', {
      violations: [{ pointer: '#', detail: 'must be a string' }],
    })
  }
  if (uuid.test(id)) return id
  throw new ApiError('not-found', `There is nothing with the id ${id}, which is no UUID.`)
}

/** Turns methods into methods that give promises, and errors into rejections. */
function promised<Value extends object>(value: Value): Promised<Value> {
  const members = Object.entries(value).map(([name, member]: [string, unknown]) => {
    if (typeof member === 'function') {
      return [name, async (...values: unknown[]) => await (member as Method)(...values)]
    }
    return [name, typeof member === 'object' && member !== null ? promised(member) : member]
  })
  return Object.fromEntries(members) as Promised<Value>
}

type Method = (...values: unknown[]) => unknown
