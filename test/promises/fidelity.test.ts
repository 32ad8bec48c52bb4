import t from 'tap'
import { projectText } from '../fixtures/project.ts'
import { errorsPromises } from './fidelity/errors.ts'
import { orderOfChecksPromises } from './fidelity/order-of-checks.ts'
import { processPromises } from './fidelity/process.ts'
import { requestPromises } from './fidelity/request.ts'
import { tokensPromises } from './fidelity/tokens.ts'
import { webhooksPromises } from './fidelity/webhooks.ts'
import { wrongPromises } from './promises.ts'

const promises = {
  ...orderOfChecksPromises,
  ...requestPromises,
  ...errorsPromises,
  ...tokensPromises,
  ...webhooksPromises,
  ...processPromises,
}

t.test('each sentence of docs/fidelity.md has a test that shows it', (t) => {
  const generated = /<!-- begin of switches[^]*end of switches -->/
  const page = projectText('docs/fidelity.md')
  t.match(page, generated)
  t.strictSame(wrongPromises(page.replace(generated, 'The generated list.'), promises), [])
  t.end()
})
