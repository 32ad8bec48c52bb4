export {
  connectSandbox,
  type ConnectOptions,
  type ConnectedSandbox,
  type SandboxUrl,
} from './connect.ts'
export type { ConnectedTenant } from './operations.ts'
export { ApiError } from '../base/problems/problems.ts'
export type * from './types.ts'
