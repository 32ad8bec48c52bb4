const { startSandbox } = require('wink-webhook-mock')

/** Starts one sandbox for all test files. Workers inherit the environment; the tear-down sees `globalThis`. */
module.exports = async () => {
  const sandbox = await startSandbox()
  process.env.WINK_SANDBOX_URL = sandbox.url
  globalThis.winkSandbox = sandbox
}
