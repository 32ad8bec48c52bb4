export { buildApp, type AppOptions, type SandboxApp } from './app.ts'
export { startSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts'
export type { Control, FaultControl, RequestControl } from './control/control.ts'
export { fixedClock, systemClock, type Clock } from './base/clock.ts'
export { randomIds, seededIds, type IdSource } from './base/ids.ts'
export { DataError } from './wink/data.ts'
export { ApiError } from './base/problems/problems.ts'
export type {
  ClockReading,
  ClockSetting,
  EntityFilter,
  Reset,
  Tenant,
  TenantInput,
} from './control/schema.ts'
export type { SandboxData } from './wink/data-schema.ts'
export type { ArmedFault, FaultEffect, FaultMatch, FaultRule } from './control/faults/schema.ts'
export type { JournaledRequest, RequestFilter, RequestWait } from './control/journal/schema.ts'
export type { Problem } from './base/problems/schema.ts'
export type { Ambiguity } from './wink/switches/ambiguities.ts'
export type { Switches } from './wink/switches/switches.ts'
export type { Webhook, WebhookInput } from './wink/webhooks/schema.ts'
