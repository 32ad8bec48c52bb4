import { jest } from '@jest/globals'
import * as library from 'wink-webhook-mock'
import { useSandbox, useUnderFakeTimers } from '../suite.cjs'

test('Jest, ES modules', () => useSandbox(library))
test('Jest, ES modules, fake timers', () =>
  useUnderFakeTimers(
    library,
    () => jest.useFakeTimers(),
    () => jest.useRealTimers(),
  ))
