// The types that the library and the client have in common.
export type { Control } from '../control/control.ts'
export type { MaybePromised, Promised } from '../control/promised.ts'
export type { ClockControl } from '../control/clock/control.ts'
export type { DeliveryControl, EventControl } from '../control/deliveries/control.ts'
export type { FaultControl } from '../control/faults/control.ts'
export type { RequestControl } from '../control/journal/control.ts'
export type { SettingControl } from '../control/settings/control.ts'
export type { StateControl } from '../control/state/control.ts'
export type { AmbiguityControl } from '../control/switches/control.ts'
export type { TenantControl } from '../control/tenants/control.ts'
export type { WebhookControl } from '../control/webhooks/control.ts'
export type { WaitSignal } from '../base/signal.ts'
export type * from '../base/problems/types.ts'
export type * from '../control/types.ts'
export type * from '../control/clock/types.ts'
export type * from '../control/deliveries/types.ts'
export type * from '../control/faults/match-types.ts'
export type * from '../control/faults/types.ts'
export type * from '../control/journal/types.ts'
export type * from '../control/journal/export/har-types.ts'
export type * from '../control/reset/types.ts'
export type * from '../control/settings/types.ts'
export type * from '../control/tenants/types.ts'
export type * from '../wink/types.ts'
export type * from '../wink/switches/types.ts'
export type * from '../wink/webhooks/types.ts'
export type { Finding, FindingKind } from '../control/deliveries/verdict.ts'
export type {
  TenantDeliveries,
  TenantDeliveryFilter,
  TenantDeliveryWait,
  TenantEvent,
  TenantEvents,
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
