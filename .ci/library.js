// The library, as an installed package: starts a sandbox and asks for its health.
import { startSandbox } from 'wink-webhook-mock'

const sandbox = await startSandbox()
const { status } = await fetch(`${sandbox.url}/__admin/health`)
await sandbox.close()
if (status !== 200) throw new Error(`health answered ${status}`)
