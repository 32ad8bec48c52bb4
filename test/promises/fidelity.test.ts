import t from 'tap'
import { projectText } from '../fixtures/project.ts'
import { eventPromises } from './control-api/deliveries.ts'
import { deviationsPromises } from './fidelity/deviations.ts'
import { errorsPromises } from './fidelity/errors.ts'
import { orderOfChecksPromises } from './fidelity/order-of-checks.ts'
import { answersPage } from './fidelity/pages/answers.ts'
import { requestsPage } from './fidelity/pages/requests.ts'
import { springPage } from './fidelity/pages/spring.ts'
import { timestampsPage } from './fidelity/pages/timestamps.ts'
import { tokensPage } from './fidelity/pages/tokens.ts'
import { requestPromises } from './fidelity/request.ts'
import { tokensPromises } from './fidelity/tokens.ts'
import { webhooksPromises } from './fidelity/webhooks.ts'
import { wrongPromises, type Promises } from './promises.ts'

const generated = /<!-- begin of switches[^]*end of switches -->/
const pages: Record<string, Promises> = {
  'docs/fidelity.md': {
    ...deviationsPromises,
    ...orderOfChecksPromises,
    ...requestPromises,
    ...errorsPromises,
    ...tokensPromises,
    ...webhooksPromises,
    ...eventPromises,
  },
  'docs/fidelity/answers.md': answersPage,
  'docs/fidelity/requests.md': requestsPage,
  'docs/fidelity/spring.md': springPage,
  'docs/fidelity/timestamps.md': timestampsPage,
  'docs/fidelity/tokens.md': tokensPage,
}

for (const [file, promises] of Object.entries(pages)) {
  t.test(`each sentence of ${file} has a test that shows it`, (t) => {
    const page = projectText(file).replace(generated, 'The generated list.')
    t.strictSame(wrongPromises(page, promises), [])
    t.end()
  })
}
