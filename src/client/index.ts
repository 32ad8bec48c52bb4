export {
  connectSandbox,
  type ConnectOptions,
  type ConnectedSandbox,
  type SandboxUrl,
} from './connect.ts'
export type { ConnectedTenant } from './operations.ts'
export { ApiError } from '../base/problems/problems.ts'
export type { Control } from '../control/control.ts'
export type { MaybePromised, Promised } from '../control/promised.ts'
export type { ClockReading, ClockSetting } from '../control/clock/types.ts'
export type { EntityFilter } from '../control/types.ts'
export type { Reset } from '../control/reset/types.ts'
export type {
  TenantFaultMatch,
  TenantFaultRule,
  TenantFaults,
  TenantOperation,
  TenantRequestFilter,
  TenantRequestList,
  TenantRequests,
  TenantRequestWait,
  TenantReset,
  TenantSandbox,
  TenantWebhooks,
} from '../control/tenants/tenant-sandbox.ts'
export type { Tenant, TenantInput } from '../control/tenants/types.ts'
export type { SandboxData } from '../wink/types.ts'
export type { FaultMatch } from '../control/faults/match-types.ts'
export type { ArmedFault, FaultEffect, FaultRule } from '../control/faults/types.ts'
export type {
  Har,
  HarEntry,
  HarPair,
  HarRequest,
  HarResponse,
} from '../control/journal/export/har-types.ts'
export type {
  JournaledRequest,
  JournaledResponse,
  RequestFilter,
  RequestList,
  RequestWait,
} from '../control/journal/types.ts'
export type { Ambiguity } from '../wink/switches/types.ts'
export type { Webhook } from '../wink/webhooks/types.ts'
