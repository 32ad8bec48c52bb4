import t from 'tap'
import { buildApp } from '../../../src/index.ts'
import { requireDeliveryOptions, retryDelaysOf } from '../../../src/control/deliveries/settings.ts'

t.test('by default there is no receiver, 10 s, and three repetitions (CONTRACT §7)', (t) => {
  t.strictSame(requireDeliveryOptions({}), {
    deliverTo: undefined,
    timeoutMs: 10_000,
    retryDelaysMs: [100, 500, 2_000],
    insecureTls: false,
  })
  t.end()
})

t.test('the pauses of the program are numbers with commas between them', (t) => {
  t.strictSame(['', 'none', '0', '100,500,2000'].map(retryDelaysOf), [
    [],
    [],
    [0],
    [100, 500, 2000],
  ])
  t.end()
})

t.test('options for deliveries that make no sense are refused', (t) => {
  const cases: [object, RegExp][] = [
    [{ deliverTo: 'localhost:3000' }, /^deliverTo must be a base URL .*; it has no scheme/],
    [{ deliverTo: '' }, /^deliverTo must be a base URL/],
    [{ deliverTo: 1 }, /^deliverTo must be a base URL/],
    [{ deliveryTimeoutMs: 0 }, /^deliveryTimeoutMs must be a whole number from 1/],
    [{ retryDelaysMs: [-1] }, /^retryDelaysMs must be at most 10 whole numbers .*, not \[ -1 \]/],
    [{ retryDelaysMs: 5 }, /^retryDelaysMs must be/],
    [{ deliveryInsecureTls: 'yes' }, /^deliveryInsecureTls must be true or false, not 'yes'/],
  ]
  for (const [options, message] of cases) {
    t.throws(() => buildApp(options), { name: 'RangeError', message })
  }
  t.end()
})
