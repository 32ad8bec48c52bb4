export { connectSandbox, type ConnectOptions, type ConnectedSandbox } from './connect.ts'
export type { ConnectedTenant } from './operations.ts'
export { ApiError } from '../base/problems/problems.ts'
export type { Control } from '../control/control.ts'
export type { MaybePromised, Promised } from '../control/promised.ts'
export type { ClockReading, ClockSetting } from '../control/clock/schema.ts'
export type { EntityFilter } from '../control/schema.ts'
export type { Reset } from '../control/reset/schema.ts'
export type {
  TenantFaultMatch,
  TenantFaultRule,
  TenantFaults,
  TenantRequests,
  TenantSandbox,
  TenantWebhooks,
} from '../control/tenants/tenant-sandbox.ts'
export type { Tenant, TenantInput } from '../control/tenants/schema.ts'
export type { SandboxData } from '../wink/data-schema.ts'
export type { ArmedFault, FaultEffect, FaultMatch, FaultRule } from '../control/faults/schema.ts'
export type { JournaledRequest, RequestFilter, RequestWait } from '../control/journal/schema.ts'
export type { Ambiguity } from '../wink/switches/ambiguities.ts'
export type { Webhook } from '../wink/webhooks/schema.ts'
