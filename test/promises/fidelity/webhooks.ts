import { testsIn, type Promises } from '../promises.ts'

const seed = testsIn('control/seed.test.ts')
const stateAtomic = testsIn('control/state/state-atomic.test.ts')
const openApi = testsIn('docs/openapi.test.ts')
const largeAnswers = testsIn('http/large-answers.test.ts')
const operations = testsIn('wink/operations.test.ts')
const paths = testsIn('wink/paths.test.ts')
const ambiguities = testsIn('wink/switches/ambiguities.test.ts')
const ifMatch = testsIn('wink/webhooks/if-match.test.ts')
const webhookDelete = testsIn('wink/webhooks/webhook-delete.test.ts')
const webhookRead = testsIn('wink/webhooks/webhook-read.test.ts')
const webhookRules = testsIn('wink/webhooks/webhook-rules.test.ts')
const webhookUpdate = testsIn('wink/webhooks/webhook-update.test.ts')
const otherVerbs = paths(
  'all other verbs are 405 with Allow (CONTRACT §1 step 3; RFC 9110 §15.5.6)',
)
const tags = 'If-Match of an update; the version is 3 (CONTRACT §6; RFC 9110 §13.1.1)'
const updated = '200 with the fields in order; id, creator and creation date stay (CONTRACT §6)'
const deleted = '200 with the documented fields in order; then it is 404 (CONTRACT §6)'

/** Promises of docs/fidelity.md, 6. The rest of the webhook resource. */
export const webhooksPromises: Promises = {
  '6. The rest of the webhook resource': {
    'below `…/webhook` |': openApi('the operations have the names of Wink (CONTRACT §6)'),
    '`…/webhook` itself |': otherVerbs,
    'list |': [
      ...webhookRead('show-webhooks: the webhooks of the entity, oldest first (CONTRACT §6)'),
      ...webhookRules('a list has no pages, whatever is asked for (CONTRACT §6)'),
      ...largeAnswers('a large list is the same as a small one, but for its length'),
    ],
    'list of an entity without webhooks |': webhookRead(
      'show-webhooks: the webhooks of the entity, oldest first (CONTRACT §6) > an entity without webhooks',
    ),
    'event list |': [
      ...webhookRead('show-webhook-events: the catalogue, label first (CONTRACT §6)'),
      ...ambiguities("Wink's catalogue has 105 event types, none twice"),
      ...webhookRules('the event types are the same for every managing entity (CONTRACT §6)'),
    ],
    'event list of an unknown entity |': operations(
      '… (CONTRACT §1, §6) > an unknown entity',
      '… (CONTRACT §1, §6) > an entity of others',
    ),
    '`id` |': webhookRead('load-webhook: UUIDs are compared without regard to case (CONTRACT §2)'),
    'unknown `id` |': webhookRead('an id that is unknown in the entity is 404 (CONTRACT §6)'),
    'ids |': seed(
      'ids that an imported webhook has are not given again',
      'a source that gives one id for ever: 500, and nothing is lost',
    ),
    '`ETag` |': webhookRules('no answer of a webhook has an ETag (CONTRACT §6)'),
    'body of a GET or DELETE |': [
      ...webhookDelete('a body is ignored'),
      ...webhookRead('the body of a GET is ignored'),
    ],
  },
  Updates: {
    'update |': webhookUpdate('a refused update changes nothing > A part is not enough'),
    '`version`, `lastUpdate` |': webhookUpdate(
      'each update increases the version and sets lastUpdate',
    ),
    '`id`, `createdDate`, place in the list |': webhookUpdate(updated),
    '`userIdentifier` |': webhookUpdate(updated),
    '`ownerIdentifier`, `ownerName` |': webhookUpdate(updated),
    'another entity in the body |': webhookUpdate(
      'a refused update changes nothing > another entity in the body',
      'switches > entityMismatch path-wins: the path owns it',
    ),
    'last version |': stateAtomic('attacks 26: what an update makes of the last version is a 409'),
    'import of a later version |': stateAtomic(
      'attacks 26: a version that cannot be counted up is refused',
    ),
  },
  '`If-Match`': {
    '`If-Match` |': [...webhookUpdate(updated), ...ifMatch(tags)],
    'stale `If-Match` |': ifMatch(
      `${tags} > '2', status: 409`,
      `${tags} > '1, 2', status: 409`,
      `${tags} > '"abc"', status: 409`,
      `${tags} > '03', status: 409`,
      'the second of two concurrent updates is refused (CONTRACT §6)',
    ),
    'malformed `If-Match` |': ifMatch(
      `${tags} > '', status: 400`,
      `${tags} > ',', status: 400`,
      `${tags} > '3.0', status: 400`,
    ),
    'form of a tag |': ifMatch(`${tags} > 'W/"3"', status: 200`),
    '`*` in a list |': ifMatch(`${tags} > ['*', '*'], status: 200`),
  },
  Deletions: {
    'delete |': webhookDelete(deleted),
    'deleted webhook |': webhookDelete(
      deleted,
      'a deletion makes room for another webhook (CONTRACT §1 step 9)',
    ),
    '`If-Match` of a delete |': webhookDelete(
      'If-Match is honoured as for an update (RFC 9110 §13.1.1)',
    ),
  },
}
