const library = require('wink-webhook-mock')
const { useSandbox, useUnderFakeTimers } = require('../suite.cjs')

test('Jest, CommonJS', () => useSandbox(library))
test('Jest, CommonJS, fake timers', () =>
  useUnderFakeTimers(
    library,
    () => jest.useFakeTimers(),
    () => jest.useRealTimers(),
  ))
