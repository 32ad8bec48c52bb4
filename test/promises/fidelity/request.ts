import { no, testsIn, type Promises } from '../promises.ts'

const jsonBody = testsIn('http/json-body.test.ts')
const messageChecks = testsIn('http/message-checks.test.ts')
const bearer = testsIn('wink/auth/bearer.test.ts')
const data = testsIn('wink/data.test.ts')
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
const record = webhookCreate(
  '201 is the record, byte for byte, in the documented order (CONTRACT §3)',
)
const userIdentifier = webhookCreate('userIdentifier (CONTRACT §3)')

/** Promises of docs/fidelity.md, 2. Request and 3. Answer 201. */
export const requestPromises: Promises = {
  '2. Request': {
    '`Authorization: Bearer <token>` has': bearer(accepted),
    'Exactly one such header is allowed': bearer(`${refused} > two headers`),
    '`Wink-Version` may be left out.': requestHeaders(`${version} > none: 201`),
    'The page allows `2.0` and names': requestHeaders(`${version} > value: '2.0.0', status: 201`),
    'Any other value, an empty one': [
      ...requestHeaders(`${version} > value: '', status: 400`, `${version} > ['2.0', '2.0']`),
      ...switches('switches that refuse or accept > winkVersion ignore'),
    ],
    '`Content-Type` is `application/json`': requestHeaders(mediaType),
    'A charset other than UTF-8': requestHeaders(
      `${mediaType} > charset=iso-8859-1', status: 415`,
      `${mediaType} > charset=utf8', status: 201`,
    ),
    'A parameter that RFC 9110 does not allow': requestHeaders(
      `${mediaType} > application/json; charset', status: 415`,
    ),
    'Of two charsets the first counts': requestHeaders(
      `${mediaType} > charset=utf-8; charset=utf-16', status: 201`,
    ),
    'Of two `Content-Type` headers': messageChecks(
      'of two Content-Type fields Node.js keeps the first (CONTRACT §2)',
    ),
    'The body is a JSON object.': oneBroken('an array', 'a string', 'a number', 'a boolean'),
    '`null` (as in the page': [
      ...oneBroken('null, as in the documentation’s curl line'),
      ...jsonBody("what is not JSON is 400 and says where it breaks (CONTRACT §4) > body: ''"),
    ],
    '`name` and `entity.name` are strings': oneBroken(
      'name empty',
      'name a number: not coerced',
      'entity name empty',
    ),
    'A blank is a character': webhookRules('a blank is a character of a name (CONTRACT §2)'),
    '`entity.identifier` is a UUID of any version.': webhookRules(
      'entity.identifier is a UUID of any version (CONTRACT §2; RFC 9562)',
    ),
    'The form `urn:uuid:…` is refused': oneBroken('identifier a UUID as URN'),
    '`enabled` is a boolean and required': oneBroken(
      'enabled missing: no default',
      'enabled "true": not coerced',
    ),
    '`eventUrl` is a URI by RFC 3986': [...validation(uris), ...eventUrl('allowHttpEventUrls')],
    'Usable means: `//`, a host': validation(
      `${uris} > https:example.com`,
      `${uris} > https://1.2.3.256/`,
      `${uris} > https://example.com:65536/`,
    ),
    'User info, a fragment, IP addresses': validation(
      `${uris} > https://user:secret@example.com/hook`,
      `${uris} > #fragment`,
      `${uris} > https://127.0.0.1/hook`,
      `${uris} > https://localhost`,
    ),
    'The running version of Node.js decides': webhookRules(
      'a host with a broken xn-- label is taken if Node.js takes it (CONTRACT §2)',
    ),
    'A host of more than 4,096 characters': validation(`${uris} > 'a.'.repeat(2_049)`),
    'The answer repeats the URL as sent': [
      ...validation('accepted and echoed: …'),
      ...webhookCreate(
        'values that are echoed unchanged (CONTRACT §2, §3) > eventUrl is not normalised',
      ),
    ],
    '`eventList` is a required array of strings.': oneBroken(
      'eventList missing',
      'eventList a string: not wrapped',
      'an event a number',
    ),
    'An empty array subscribes to every event.': [
      ...webhookCreate(
        'values that are echoed unchanged (CONTRACT §2, §3) > an empty eventList is accepted',
      ),
      ...switches('switches that refuse or accept > an empty list is every event'),
    ],
    'Unknown names are accepted': switches(
      'switches that refuse or accept > unknownEventNames by default',
    ),
    'The body is UTF-8.': jsonBody('the body is UTF-8 (CONTRACT §2; RFC 8259 §8.1)'),
    'A BOM is skipped.': jsonBody(
      'the body is UTF-8 (CONTRACT §2; RFC 8259 §8.1) > a BOM is skipped',
    ),
    'Bytes that are not UTF-8 are 400.': jsonBody(
      'the body is UTF-8 (CONTRACT §2; RFC 8259 §8.1) > Latin-1',
    ),
    'Of members given twice the last counts': jsonBody(
      'of members given twice the last counts (CONTRACT §2)',
    ),
    'The sandbox coerces no value': [
      ...oneBroken('enabled 1: not coerced', 'name an array: not unwrapped', 'enabled missing'),
      ...testsIn('wink/webhooks/validation-oracle.test.ts')(
        'the server agrees with an oracle of CONTRACT §2 on random bodies',
      ),
    ],
    'Members that are not documented are ignored': webhookCreate(
      'unknown fields are ignored and not echoed (CONTRACT §2)',
    ),
    '`__proto__` and `constructor` are such members': webhookCreate(
      'unknown fields are ignored and not echoed (CONTRACT §2) > __proto__',
    ),
    'The refusal lists the first 50 violations.': validation(violations),
    'It counts up to 1,000 of them': validation(`${violations} > more than 1,000 rules`),
    'A text that is stored or sent out again': textCauses(halfEmoji),
    'Half of a surrogate pair': textCauses(halfEmoji),
    'It is JSON, but no UTF-8 text can hold it': no('reason'),
    'UUIDs are compared without regard to case.': [
      ...webhookRead('load-webhook: UUIDs are compared without regard to case (CONTRACT §2)'),
      ...webhookCreate('path and body may differ in the case of the entity (CONTRACT §2)'),
    ],
    'The answer repeats the UUID of the body': webhookCreate(
      'values that are echoed unchanged (CONTRACT §2, §3) > ownerIdentifier is as sent in the body',
    ),
  },
  '3. Answer 201': {
    'The members come in the documented order.': record,
    'The media type is `application/json`': record,
    'There is no `Location` header': record,
    'Two equal requests make two records.': webhookCreate(
      'two equal requests make two records (CONTRACT §3)',
    ),
    '`createdDate` and `lastUpdate` are RFC 3339': [
      ...record,
      ...switches('switches that change a webhook > timestamps local'),
    ],
    '`version` starts at 1': switches(
      'switches that change a webhook > firstVersion 0',
      'switches that change a webhook > firstVersion 1',
    ),
    '`userIdentifier` is the first of these': [
      ...userIdentifier,
      ...bearer('configured tokens (CONTRACT §5) > userIdentifier is the configured one'),
    ],
    'One token is therefore always one user.': bearer(
      'a token has the same user after many other tokens (CONTRACT §3)',
    ),
    '`uuidgen --sha1 --namespace @url --name TOKEN`': webhookCreate(
      'is the v5 UUID of any other token in the URL namespace (RFC 9562 §5.5)',
    ),
    'A configured token that is a JWT': data(
      'invalid data are refused with place and reason > the "sub" of the token',
    ),
  },
}
