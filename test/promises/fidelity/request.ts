import { testsIn, type Promises } from '../promises.ts'

const jsonBody = testsIn('http/json-body.test.ts')
const bearer = testsIn('wink/auth/bearer.test.ts')
const switches = testsIn('wink/switches/switches.test.ts')
const eventUrl = testsIn('wink/webhooks/event-url.test.ts')
const requestHeaders = testsIn('wink/webhooks/request-headers.test.ts')
const textCauses = testsIn('wink/webhooks/text-causes.test.ts')
const validation = testsIn('wink/webhooks/validation.test.ts')
const webhookCreate = testsIn('wink/webhooks/webhook-create.test.ts')
const webhookRead = testsIn('wink/webhooks/webhook-read.test.ts')
const webhookRules = testsIn('wink/webhooks/webhook-rules.test.ts')
const oneBroken = (...rows: string[]): string[] =>
  validation(...rows.map((row) => `a single violation has a pointer (CONTRACT §2, §4) > ${row}`))
const accepted = 'accepted Authorization headers (CONTRACT §2; RFC 6750 §2.1)'
const refused = 'refused Authorization headers (CONTRACT §4; RFC 6750 §3)'
const mediaType = 'Content-Type (CONTRACT §2)'
const version = 'Wink-Version (CONTRACT §2)'
const uris = 'eventUrl is an RFC 3986 URI and a usable https URL (CONTRACT §2)'
const violations =
  'attacks 04: the first 50 violations are listed, and 1,000 are counted (CONTRACT §2)'
const halfEmoji = 'reports D10: half an emoji is refused where it would be stored (RFC 8259 §8.2)'
const unchanged = 'values that are echoed unchanged (CONTRACT §2, §3)'
const record = webhookCreate(
  '201 is the record, byte for byte, in the documented order (CONTRACT §3)',
)

/** Promises of docs/fidelity.md, 2. Request and 3. Answer 201. */
export const requestPromises: Promises = {
  '2. Request': {
    '`Authorization` |': bearer(accepted, `${refused} > two headers`),
    '`Wink-Version` |': [
      ...requestHeaders(
        `${version} > none: 201`,
        `${version} > value: '2.0.0', status: 201`,
        `${version} > value: '', status: 400`,
      ),
      ...switches('switches that refuse or accept > winkVersion ignore'),
    ],
    '`Content-Type` |': requestHeaders(mediaType),
    'body |': [
      ...oneBroken(
        'an array',
        'a string',
        'a number',
        'a boolean',
        'null, as in the documentation’s curl line',
      ),
      ...jsonBody("what is not JSON is 400 and says where it breaks (CONTRACT §4) > body: ''"),
    ],
    '`name`, `entity.name` |': [
      ...oneBroken('name empty', 'name a number: not coerced', 'entity name empty'),
      ...webhookRules('a blank is a character of a name (CONTRACT §2)'),
    ],
    '`entity.identifier` |': [
      ...webhookRules('entity.identifier is a UUID of any version (CONTRACT §2; RFC 9562)'),
      ...oneBroken('identifier a UUID as URN'),
    ],
    '`enabled` |': oneBroken('enabled missing: no default', 'enabled "true": not coerced'),
    '`eventUrl` |': [...validation(uris), ...eventUrl('allowHttpEventUrls')],
    '`eventList` |': [
      ...oneBroken('eventList missing', 'eventList a string: not wrapped', 'an event a number'),
      ...webhookCreate(`${unchanged} > an empty eventList is accepted`),
      ...switches('switches that refuse or accept > an empty list is every event'),
    ],
    'event names |': switches('switches that refuse or accept > unknownEventNames by default'),
    'values |': [
      ...oneBroken('enabled 1: not coerced', 'name an array: not unwrapped', 'enabled missing'),
      ...testsIn('wink/webhooks/validation-oracle.test.ts')(
        'the server agrees with an oracle of CONTRACT §2 on random bodies',
      ),
    ],
    'members that are not documented |': webhookCreate(
      'unknown fields are ignored and not echoed (CONTRACT §2)',
    ),
    'members given twice |': jsonBody('of members given twice the last counts (CONTRACT §2)'),
    'bytes |': jsonBody(
      'the body is UTF-8 (CONTRACT §2; RFC 8259 §8.1)',
      'the body is UTF-8 (CONTRACT §2; RFC 8259 §8.1) > a BOM is skipped',
      'the body is UTF-8 (CONTRACT §2; RFC 8259 §8.1) > Latin-1',
    ),
    'texts |': textCauses(halfEmoji),
    'UUIDs |': [
      ...webhookRead('load-webhook: UUIDs are compared without regard to case (CONTRACT §2)'),
      ...webhookCreate('path and body may differ in the case of the entity (CONTRACT §2)'),
    ],
    'violations of the body |': validation(
      'all violations are reported, not only the first (CONTRACT §2)',
      violations,
    ),
  },
  '3. Answer 201': {
    'media type |': record,
    'header fields |': record,
    'members |': record,
    '`id` |': webhookCreate('by default ids are random and times are the machine’s (CONTRACT §3)'),
    '`createdDate`, `lastUpdate` |': [
      ...record,
      ...switches('switches that change a webhook > timestamps local'),
    ],
    '`version` |': switches(
      'switches that change a webhook > firstVersion 0',
      'switches that change a webhook > firstVersion 1',
    ),
    '`userIdentifier` |': bearer('a token has the same user after many other tokens (CONTRACT §3)'),
    '`ownerIdentifier`, `ownerName` |': webhookCreate(
      `${unchanged} > ownerIdentifier is as sent in the body`,
    ),
    '`eventUrl`, `eventList` |': webhookCreate(
      `${unchanged} > eventUrl is not normalised`,
      `${unchanged} > eventList keeps its order and its duplicates`,
    ),
    'two equal requests |': webhookCreate('two equal requests make two records (CONTRACT §3)'),
  },
}
