import t from 'tap'
import FakeTimers from '@sinonjs/fake-timers'
import * as library from 'wink-webhook-mock'
import { useSandbox, useUnderFakeTimers } from '../suite.cjs'

t.test('tap', () => useSandbox(library))
t.test('tap, fake timers of sinon', () => {
  let clock
  return useUnderFakeTimers(
    library,
    () => {
      clock = FakeTimers.install({ toNotFake: ['nextTick'] }) // Node.js itself needs it for HTTP.
    },
    () => clock.uninstall(),
  )
})
