import { startSandbox } from 'wink-webhook-mock'

/** Starts one sandbox for all test files; vitest calls the result when they are done. */
export default async function setup(project) {
  const sandbox = await startSandbox()
  project.provide('sandboxUrl', sandbox.url)
  return () => sandbox.close()
}
