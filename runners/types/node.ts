// The same with the types of Node.js, for what programs hand over and for `await using`.
import { pino } from 'pino'
import { startSandbox } from 'wink-webhook-mock'

export async function use(): Promise<string> {
  await using sandbox = await startSandbox({ logger: pino({ level: 'silent' }) })
  await sandbox.requests.wait({ count: 1 }, AbortSignal.timeout(1000))
  return sandbox.url
}
