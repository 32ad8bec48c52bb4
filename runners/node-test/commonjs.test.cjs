const { test } = require('node:test')
const { createContext, runInContext } = require('node:vm')
const library = require('wink-webhook-mock')
const { useSandbox } = require('../suite.cjs')

test('CommonJS', () => useSandbox(library))

test('values of another realm', async () => {
  const sandbox = await library.startSandbox()
  const rule = runInContext(
    '({ effect: { status: 503 }, match: { method: "POST" } })',
    createContext(),
  )
  sandbox.faults.arm(rule)
  await sandbox.close()
})
