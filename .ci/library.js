// The library and the client, as an installed package: starts a sandbox, asks for its health and steers it over HTTP.
import { startSandbox } from 'wink-webhook-mock'
import { connectSandbox } from 'wink-webhook-mock/client'

const sandbox = await startSandbox()
const { status } = await fetch(`${sandbox.url}/__admin/health`)
const tenant = await (await connectSandbox(sandbox.url)).tenant()
await tenant.reset()
await sandbox.close()
if (status !== 200) throw new Error(`health answered ${status}`)
