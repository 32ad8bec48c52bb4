import t from 'tap'
import { levelOf, resultOf } from '../../src/console/deliveries/attempts.ts'
import type { DeliveryAttempt } from '../../src/index.ts'

t.test('an attempt is a status or a failure, and has a level', (t) => {
  const cases = [
    { status: 200, error: null, result: '200', level: 'success' },
    { status: 503, error: null, result: '503', level: 'failure' },
    { status: 200, error: 'it closed', result: '200, broken off', level: 'failure' },
    { status: null, error: 'nobody listens', result: 'failed', level: 'failure' },
  ]
  for (const { status, error, result, level } of cases) {
    const attempt = { status, error } as DeliveryAttempt
    t.equal(resultOf(attempt), result)
    t.equal(levelOf(attempt), level)
  }
  t.end()
})
