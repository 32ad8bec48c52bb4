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
    'The operations below `…/webhook` are': openApi(
      'the operations have the names of Wink (CONTRACT §6)',
    ),
    'GET, PUT, PATCH and DELETE of `…/webhook`': otherVerbs,
    '`list` is an array of all webhooks': webhookRead(
      'show-webhooks: the webhooks of the entity, oldest first (CONTRACT §6)',
    ),
    'An entity without webhooks has': webhookRead(
      'show-webhooks: the webhooks of the entity, oldest first (CONTRACT §6) > an entity without webhooks',
    ),
    'There are no pages': [
      ...webhookRules('a list has no pages, whatever is asked for (CONTRACT §6)'),
      ...largeAnswers('a large list is the same as a small one, but for its length'),
    ],
    "`event/list` is Wink's catalogue": [
      ...webhookRead('show-webhook-events: the catalogue, label first (CONTRACT §6)'),
      ...ambiguities("Wink's catalogue has 105 event types, none twice"),
    ],
    'It is the same for every entity.': webhookRules(
      'the event types are the same for every managing entity (CONTRACT §6)',
    ),
    'The entity must exist and the caller': operations(
      '… (CONTRACT §1, §6) > an unknown entity',
      '… (CONTRACT §1, §6) > an entity of others',
    ),
    'An `id` is compared without regard to case.': webhookRead(
      'load-webhook: UUIDs are compared without regard to case (CONTRACT §2)',
    ),
    'An `id` that the entity does not have': webhookRead(
      'an id that is unknown in the entity is 404 (CONTRACT §6)',
    ),
    'An update takes the whole body': webhookUpdate(
      'a refused update changes nothing > A part is not enough',
    ),
    'An update adds 1 to `version`': webhookUpdate(
      'each update increases the version and sets lastUpdate',
    ),
    '`id`, `createdDate` and the place': webhookUpdate(updated),
    '`userIdentifier` stays that of the user': webhookUpdate(updated),
    '`ownerIdentifier` and `ownerName` are': webhookUpdate(updated),
    'An update cannot give a webhook': webhookUpdate(
      'a refused update changes nothing > another entity in the body',
      'switches > entityMismatch path-wins: the path owns it',
    ),
    'The last version is 9007199254740990': stateAtomic(
      'attacks 26: what an update makes of the last version is a 409',
    ),
    'An update of it is 409.': stateAtomic(
      'attacks 26: what an update makes of the last version is a 409',
    ),
    'An import of a later version is refused': stateAtomic(
      'attacks 26: a version that cannot be counted up is refused',
    ),
    '`If-Match` of an update is optional.': webhookUpdate(updated),
    'It has the version as `3`': ifMatch(tags),
    'Without the current version among them': ifMatch(
      `${tags} > '1, 2', status: 409`,
      'the second of two concurrent updates is refused (CONTRACT §6)',
    ),
    'A weak tag is as good as a strong one': ifMatch(`${tags} > 'W/"3"', status: 200`),
    '`*` may stand in a list': ifMatch(`${tags} > ['*', '*'], status: 200`),
    'A tag that is no number': ifMatch(
      `${tags} > '"abc"', status: 409`,
      `${tags} > '03', status: 409`,
    ),
    'An empty field, a field without any tag': ifMatch(
      `${tags} > '', status: 400`,
      `${tags} > ',', status: 400`,
      `${tags} > '3.0', status: 400`,
    ),
    "A stale version is 409, not RFC 9110's 412": ifMatch(`${tags} > '2', status: 409`),
    'A delete answers `id`, `success`': webhookDelete(deleted),
    '`id` is as stored; the text of `message`': webhookDelete(deleted),
    'The webhook is gone immediately': webhookDelete(
      deleted,
      'a deletion makes room for another webhook (CONTRACT §1 step 9)',
    ),
    'A second delete is 404': webhookDelete(deleted),
    'A DELETE honours `If-Match` too': webhookDelete(
      'If-Match is honoured as for an update (RFC 9110 §13.1.1)',
    ),
    'No answer has an `ETag`': webhookRules('no answer of a webhook has an ETag (CONTRACT §6)'),
    'The body of a GET or DELETE': [
      ...webhookDelete('a body is ignored'),
      ...webhookRead('the body of a GET is ignored'),
    ],
    'No webhook gets an id that another one has': seed(
      'ids that an imported webhook has are not given again',
      'a source that gives one id for ever: 500, and nothing is lost',
    ),
  },
}
