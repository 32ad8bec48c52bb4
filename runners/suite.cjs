// The steps of each runner's test. They need nothing of a runner, and no `fetch`, which jsdom lacks.
const assert = require('node:assert/strict')
const { request } = require('node:http')

const identifier = 'd5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69'
const body = JSON.stringify({
  name: 'Booking sync',
  entity: { identifier, name: 'The Siam Residences' },
  enabled: true,
  eventUrl: 'https://api.example.com/webhooks',
  eventList: [],
})

/** Creates a webhook; gives the status of the answer. */
const create = ({ url }) =>
  new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
    }
    request(`${url}/api/managing-entity/${identifier}/webhook`, options)
      .on('response', (response) => response.resume().on('end', () => resolve(response.statusCode)))
      .on('error', reject)
      .end(body)
  })

/** Creates, fails, waits and closes. */
async function useSandbox({ startSandbox }) {
  const sandbox = await startSandbox()
  try {
    assert.equal(await create(sandbox), 201)
    sandbox.faults.arm({ effect: { status: 503 } })
    assert.equal(await create(sandbox), 503)
    sandbox.faults.arm({ effect: { delayMs: 20 } })
    assert.equal(await create(sandbox), 201)
    sandbox.faults.arm({ effect: { connection: 'connection-reset' } })
    await assert.rejects(create(sandbox), { code: 'ECONNRESET' })
    assert.equal((await sandbox.requests.wait({ count: 4 })).length, 4)
    await assert.rejects(sandbox.requests.wait({ count: 5, timeoutMs: 20 }), { status: 408 })
    const faults = sandbox.faults.list()
    sandbox.state.import(sandbox.state.export())
    assert.deepEqual(sandbox.faults.list(), faults)
    assert.equal('undefined' in sandbox, false, 'where there is no Symbol.asyncDispose')
  } finally {
    await sandbox.close()
  }
}

/** The same under fake timers, with a sandbox from before, too. */
async function useUnderFakeTimers(library, fake, restore) {
  const before = await library.startSandbox()
  fake()
  try {
    await useSandbox(library)
    before.faults.arm({ effect: { delayMs: 20 } })
    assert.equal(await create(before), 201)
    await before.close()
  } finally {
    restore()
  }
}

module.exports = { useSandbox, useUnderFakeTimers }
