// The fake timers of sinon, which several runners use.
const FakeTimers = require('@sinonjs/fake-timers')
const { useUnderFakeTimers } = require('./suite.cjs')

/** Uses a sandbox under the fake timers of sinon. */
function useUnderSinon(library) {
  let clock
  return useUnderFakeTimers(
    library,
    () => {
      clock = FakeTimers.install({ toNotFake: ['nextTick'] }) // Node.js itself needs it for HTTP.
    },
    () => clock.uninstall(),
  )
}

module.exports = { useUnderSinon }
