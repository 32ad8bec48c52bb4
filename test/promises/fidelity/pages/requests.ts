import { no, testsIn, type Promises } from '../../promises.ts'

const messageChecks = testsIn('http/message-checks.test.ts')
const switches = testsIn('wink/switches/switches.test.ts')
const requestHeaders = testsIn('wink/webhooks/request-headers.test.ts')
const textCauses = testsIn('wink/webhooks/text-causes.test.ts')
const validation = testsIn('wink/webhooks/validation.test.ts')
const webhookCreate = testsIn('wink/webhooks/webhook-create.test.ts')
const webhookRules = testsIn('wink/webhooks/webhook-rules.test.ts')
const mediaType = 'Content-Type (CONTRACT §2)'
const version = 'Wink-Version (CONTRACT §2)'
const uris = 'eventUrl is an RFC 3986 URI and a usable https URL (CONTRACT §2)'
const halfEmoji = 'reports D10: half an emoji is refused where it would be stored (RFC 8259 §8.2)'

const nearMisses = testsIn('wink/near-misses.test.ts')
const onTheWire = (...rows: string[]): string[] =>
  testsIn('wink/paths.test.ts')(...rows.map((row) => `raw request targets (CONTRACT §1) > ${row}`))

/** Promises of docs/fidelity/requests.md. */
export const requestsPage: Promises = {
  'Requests: reasons and border cases': { 'The rules are in fidelity.md.': no('link') },
  Paths: {
    'A path that only just misses `/api`': [
      ...onTheWire('a doubled slash in front', 'another case of /api'),
      ...nearMisses(
        'a path that only just misses is no way around the authentication, nor for faults',
      ),
    ],
    'It is 404, and the journal has it.': nearMisses(
      'reports D5: a path that only just misses is 404, and in the journal with its hint',
    ),
    'Paths are case-sensitive.': onTheWire('another case', 'another case of /api'),
  },
  'Header fields': {
    '`Wink-Version`: the page allows `2.0`': requestHeaders(
      `${version} > value: '2.0.0', status: 201`,
    ),
    'An empty value and a repeated header field': requestHeaders(
      `${version} > value: '', status: 400`,
      `${version} > ['2.0', '2.0']`,
    ),
    '`Content-Type`: a charset other than UTF-8': requestHeaders(
      `${mediaType} > charset=iso-8859-1', status: 415`,
      `${mediaType} > charset=utf8', status: 201`,
    ),
    'A parameter that RFC 9110 does not allow': requestHeaders(
      `${mediaType} > application/json; charset', status: 415`,
    ),
    'Of two charsets the first counts': requestHeaders(
      `${mediaType} > charset=utf-8; charset=utf-16', status: 201`,
    ),
    'Of two `Content-Type` fields': messageChecks(
      'of two Content-Type fields Node.js keeps the first (CONTRACT §2)',
    ),
  },
  '`eventUrl`': {
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
  },
  'Event names': {
    'Unknown names are accepted': switches(
      'switches that refuse or accept > unknownEventNames by default',
    ),
  },
  Texts: {
    '`name`, `entity.name` and the items': textCauses(halfEmoji),
    'Half of a surrogate pair': textCauses(halfEmoji),
    'It is JSON, but no UTF-8 text can hold it': no('reason'),
    'The answer repeats a UUID of the body': webhookCreate(
      'values that are echoed unchanged (CONTRACT §2, §3) > ownerIdentifier is as sent in the body',
    ),
    '`__proto__` and `constructor` are': webhookCreate(
      'unknown fields are ignored and not echoed (CONTRACT §2) > __proto__',
    ),
  },
}
