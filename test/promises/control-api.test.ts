import t from 'tap'
import { projectText } from '../fixtures/project.ts'
import { clientPromises } from './control-api/client.ts'
import { deliveryPromises } from './control-api/deliveries.ts'
import { exportPromises } from './control-api/export.ts'
import { faultOrderPromises } from './control-api/fault-order.ts'
import { faultPromises } from './control-api/faults.ts'
import { general } from './control-api/general.ts'
import { journalPromises } from './control-api/journal.ts'
import { statePromises } from './control-api/state.ts'
import { streamPromises } from './control-api/stream.ts'
import { wrongPromises } from './promises.ts'

t.test('every sentence of docs/control-api.md has a test that shows it', (t) => {
  const promises = {
    ...general,
    ...clientPromises,
    ...deliveryPromises,
    ...faultPromises,
    ...faultOrderPromises,
    ...journalPromises,
    ...exportPromises,
    ...streamPromises,
    ...statePromises,
  }
  t.strictSame(wrongPromises(projectText('docs/control-api.md'), promises), [])
  t.end()
})
