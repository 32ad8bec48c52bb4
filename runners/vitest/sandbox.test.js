import { test, vi } from 'vitest'
import * as library from 'wink-webhook-mock'
import { useSandbox, useUnderFakeTimers } from '../suite.cjs'

test('vitest', () => useSandbox(library))
test('vitest, fake timers', () =>
  useUnderFakeTimers(
    library,
    () => vi.useFakeTimers(),
    () => vi.useRealTimers(),
  ))
