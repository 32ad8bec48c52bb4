const FakeTimers = require('@sinonjs/fake-timers')
const library = require('wink-webhook-mock')
const { useSandbox, useUnderFakeTimers } = require('../suite.cjs')

it('mocha', () => useSandbox(library))
it('mocha, fake timers of sinon', () => {
  let clock
  return useUnderFakeTimers(
    library,
    () => {
      clock = FakeTimers.install({ toNotFake: ['nextTick'] }) // Node.js itself needs it for HTTP.
    },
    () => clock.uninstall(),
  )
})
