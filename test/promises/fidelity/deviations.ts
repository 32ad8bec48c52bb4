import { no, testsIn, type Promises } from '../promises.ts'

const retired = testsIn('wink/retired.test.ts')
const config = testsIn('cli/config.test.ts')
const openApi = testsIn('docs/openapi.test.ts')
const brokenHttp = testsIn('http/broken-http.test.ts')
const messageChecks = testsIn('http/message-checks.test.ts')
const shutdown = testsIn('http/shutdown.test.ts')
const bearer = testsIn('wink/auth/bearer.test.ts')
const data = testsIn('wink/data.test.ts')
const operations = testsIn('wink/operations.test.ts')
const paths = testsIn('wink/paths.test.ts')
const ambiguities = testsIn('wink/switches/ambiguities.test.ts')
const switches = testsIn('wink/switches/switches.test.ts')
const ifMatch = testsIn('wink/webhooks/if-match.test.ts')
const requestHeaders = testsIn('wink/webhooks/request-headers.test.ts')
const validation = testsIn('wink/webhooks/validation.test.ts')
const webhookCreate = testsIn('wink/webhooks/webhook-create.test.ts')
const webhookDelete = testsIn('wink/webhooks/webhook-delete.test.ts')
const webhookRead = testsIn('wink/webhooks/webhook-read.test.ts')

const oneBroken = (...rows: string[]): string[] =>
  validation(...rows.map((row) => `a single violation has a pointer (CONTRACT §2, §4) > ${row}`))
const version = 'Wink-Version (CONTRACT §2)'
const ignored = webhookCreate('unknown fields are ignored and not echoed (CONTRACT §2)')
const asDocumented = testsIn('docs/openapi-answers.test.ts')(
  'what is answered is what the document says, and nothing else',
)
const deleted = webhookDelete(
  '200 with the documented fields in order; then it is 404 (CONTRACT §6)',
)
const staleIfMatch = [
  ...ifMatch('If-Match of an update; the version is 3 (CONTRACT §6; RFC 9110 §13.1.1)'),
  ...webhookDelete('If-Match is honoured as for an update (RFC 9110 §13.1.1)'),
]

/** Promises of docs/fidelity.md, the introduction, Deviations from Wink's documents and Switches. */
export const deviationsPromises: Promises = {
  "Fidelity: Wink's rules and ours": {
    'This page has one decision a row': no('introduction'),
    'Links lead to longer reasons': no('introduction'),
    'Code, tests and the journal refer': testsIn('control/journal/diagnosis.test.ts')(
      'the diagnosis names the rule that was broken: …, …',
    ),
    'doc |': no('legend'),
    'wink |': no('legend'),
    'rfc |': no('legend'),
    'ours |': no('legend'),
    'Contents:': no('introduction'),
    'Elsewhere:': no('introduction'),
    'Timestamps:': no('link'),
    "Differences from Spring's defaults": no('link'),
    'Requests, answers, tokens:': no('link'),
    'Scripted faults, and': no('link'),
  },
  "Deviations from Wink's documents": {
    'These are all known differences.': no('introduction'),
    'The sandbox was compared': no('source'),
    'Another page lists': no('link'),
  },
  'In requests': {
    '`Wink-Version` | `2.0` alone': requestHeaders(`${version} > value: '2.0.0', status: 201`),
    '`Wink-Version` | a guide': requestHeaders(`${version} > none: 201`),
    '`Accept` |': requestHeaders('Accept is ignored (CONTRACT §1)'),
    'body |': oneBroken('null, as in the documentation’s curl line'),
    '`enabled` |': oneBroken('enabled missing: no default'),
    'event names |': switches('switches that refuse or accept > unknownEventNames by default'),
    'retired event names |': retired(
      'a retired event type is accepted, and the journal names today’s (CONTRACT §4)',
    ),
    '`ownerType`, `entity.type`': retired(
      'retired members are ignored, and the journal names today’s form (CONTRACT §2, §4)',
    ),
    '`eventUrl` | HTTPS in words': validation(
      'eventUrl is an RFC 3986 URI and a usable https URL (CONTRACT §2) > http://example.com/hook',
    ),
    '`eventUrl` | must be publicly': validation(
      'eventUrl is an RFC 3986 URI and a usable https URL (CONTRACT §2) > https://127.0.0.1/hook',
    ),
    '`entity.name` |': webhookCreate(
      'values that are echoed unchanged (CONTRACT §2, §3) > ownerIdentifier is as sent in the body',
    ),
    'signing secret |': ignored,
    '`version` |': ignored,
    '`If-Match` |': staleIfMatch,
    'limits |': [
      ...testsIn('http/json-body.test.ts')(
        'a body over 1 MiB is 413, in its place in the order (CONTRACT §1 step 7, §4)',
      ),
      ...brokenHttp('broken HTTP gets a problem, and the server goes on (CONTRACT §4)'),
    ],
  },
  'In answers': {
    '`instance` |': paths('instance is the raw path, as a URI reference (CONTRACT §4)'),
    '`createdDate`, `lastUpdate` |': switches('switches that change a webhook > timestamps local'),
    'members of a webhook |': asDocumented,
    'further members |': asDocumented,
    'schema of a webhook |': openApi('… is what the sandbox says; npm run docs writes it'),
    '409 |': staleIfMatch,
    '503 |': [
      ...webhookCreate('a full store (CONTRACT §1 step 9)'),
      ...shutdown('a request that comes while the server closes is 503 (CONTRACT §4)'),
    ],
    '408, 413, 431, 501 |': brokenHttp(
      'broken HTTP gets a problem, and the server goes on (CONTRACT §4)',
    ),
    '`event/list` |': webhookRead('show-webhook-events: the catalogue, label first (CONTRACT §6)'),
    'deletion |': deleted,
    '`version` |': testsIn('control/state/state-atomic.test.ts')(
      'attacks 26: what an update makes of the last version is a 409',
    ),
    '`detail`, `message` |': deleted,
    'header fields |': messageChecks(
      'header fields of answers are those of Wink, and one of the sandbox',
    ),
  },
  'Around the API': {
    'addresses |': testsIn('cli/cli.test.ts')(
      'it prints its address, serves, logs JSON lines without tokens, and ends on SIGTERM',
    ),
    'tokens |': bearer('accepted Authorization headers (CONTRACT §2; RFC 6750 §2.1)'),
    'managing entities |': data(
      'configured managing entities are the only ones (CONTRACT §4, 404)',
    ),
    'scopes |': operations('… (CONTRACT §1, §6) > a token without the scope'),
    'paths of IAM |': testsIn('wink/oauth/token-keys.test.ts')(
      'GET /.well-known/oauth-authorization-server (RFC 8414 §3)',
    ),
    'OpenAPI document |': openApi(
      'every route of the API is in one of the documents',
      'what is sent and required stands there: scope, version, If-Match',
    ),
    '`/api/webhook` |': retired('Wink’s old path is 404 and names today’s (CONTRACT §4)'),
    'records |': no('absence'),
    'events | POSTed': testsIn('control/deliveries/deliveries.test.ts')(
      'without a receiver nothing is sent, and the delivery says how to name one (CONTRACT §7)',
    ),
    'events | a current form': testsIn('control/deliveries/trigger.test.ts')(
      'an event is one POST with the envelope, its members in order (CONTRACT §7)',
    ),
  },
  Switches: {
    "Wink's documentation leaves some questions open.": no('introduction'),
    'A setting, or the `switches` of the library': [
      ...switches('switches that change a webhook', 'switches that refuse or accept'),
      ...config('settings: a flag, then its variable, then the usual variable, then the default'),
    ],
    '`GET /__admin/ambiguities` answers this list': ambiguities(
      'GET /__admin/ambiguities lists every switch, without a token',
      'the list shows current values',
    ),
    'The generated list.': ambiguities('docs/fidelity.md is up to date; npm run docs writes it'),
  },
}
