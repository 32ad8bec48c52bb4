import { mock, test } from 'node:test'
import * as library from 'wink-webhook-mock'
import { useSandbox, useUnderFakeTimers } from '../suite.cjs'

test('node:test', () => useSandbox(library))
test('node:test, mocked timers', () =>
  useUnderFakeTimers(
    library,
    () => mock.timers.enable(),
    () => mock.timers.reset(),
  ))
