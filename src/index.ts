export { buildApp, type AppOptions, type SandboxApp } from './app.ts'
export { startSandbox, type Sandbox, type SandboxOptions } from './server.ts'
export type { Control, FaultControl, RequestControl } from './control/control.ts'
export { fixedClock, systemClock, type Clock } from './domain/clock.ts'
export { randomIds, seededIds, type IdSource } from './domain/uuid.ts'
export { DataError } from './domain/data.ts'
export { ApiError } from './domain/problems.ts'
export type {
  ClockReading,
  ClockSetting,
  EntityFilter,
  Reset,
  Tenant,
  TenantInput,
} from './schemas/control.ts'
export type { SandboxData } from './schemas/data.ts'
export type { ArmedFault, FaultEffect, FaultMatch, FaultRule } from './schemas/fault.ts'
export type { JournaledRequest, RequestFilter, RequestWait } from './schemas/journal.ts'
export type { Problem } from './schemas/problem.ts'
export type { Ambiguity, Switches } from './schemas/switches.ts'
export type { Webhook, WebhookInput } from './schemas/webhook.ts'
