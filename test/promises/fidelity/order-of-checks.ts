import { no, testsIn, type Promises } from '../promises.ts'

const stateAtomic = testsIn('control/state/state-atomic.test.ts')
const reference = testsIn('docs/reference.test.ts')
const brokenHttp = testsIn('http/broken-http.test.ts')
const jsonBody = testsIn('http/json-body.test.ts')
const messageChecks = testsIn('http/message-checks.test.ts')
const parserCauses = testsIn('http/parser-causes.test.ts')
const nearMisses = testsIn('wink/near-misses.test.ts')
const tokenKeys = testsIn('wink/oauth/token-keys.test.ts')
const operations = testsIn('wink/operations.test.ts')
const orderOfChecks = testsIn('wink/order-of-checks.test.ts')
const paths = testsIn('wink/paths.test.ts')
const unknownPaths = testsIn('wink/unknown-paths.test.ts')
const requestHeaders = testsIn('wink/webhooks/request-headers.test.ts')
const webhookRead = testsIn('wink/webhooks/webhook-read.test.ts')
const webhookUpdate = testsIn('wink/webhooks/webhook-update.test.ts')
/** A step of CONTRACT §1: what breaks it comes before what breaks each later one. */
const step = (...names: string[]): string[] =>
  orderOfChecks(...names.map((name) => `… comes before all later checks (CONTRACT §1) > ${name}`))
const updateStep = (...names: string[]): string[] =>
  orderOfChecks(
    ...names.map(
      (name) => `an update: each check comes before all later ones (CONTRACT §1, §6) > ${name}`,
    ),
  )
const onTheWire = (...rows: string[]): string[] =>
  paths(...rows.map((row) => `raw request targets (CONTRACT §1) > ${row}`))
const otherVerbs = paths(
  'all other verbs are 405 with Allow (CONTRACT §1 step 3; RFC 9110 §15.5.6)',
)
const everyVerb = 'HEAD works where GET does; other verbs are 405 with Allow'

/** Promises of docs/fidelity.md, 1. Order of checks (ours). */
export const orderOfChecksPromises: Promises = {
  '1. Order of checks (ours)': {
    'The first check that fails answers': orderOfChecks(
      '… comes before all later checks (CONTRACT §1)',
      'an update: each check comes before all later ones (CONTRACT §1, §6)',
    ),
    'A refused request stores nothing.': [
      ...orderOfChecks('… alone answers …'),
      ...webhookUpdate('a refused update changes nothing'),
    ],
    'Wink does not document its order.': no('source'),
    'This one is that of a Spring Security': no('source'),
    '1 | a fault that the request or a test': step('1 scripted fault'),
    '2 | authentication': step('2 authentication'),
    '3 | path and method': step('3 unknown path', '3 other verb'),
    '4 | scope of the token': step('4 scope'),
    '5 | media type': step('5 media type'),
    '6 | `Wink-Version`': step('6 Wink-Version'),
    '7 | body': [
      ...step('7 body is JSON', '7 body follows the schema'),
      ...jsonBody('a body over 1 MiB is 413, in its place in the order (CONTRACT §1 step 7, §4)'),
    ],
    '8 | managing entity': step('8 unknown entity', '8 entity of others'),
    '8 | managing entities of path and body': step('8 path and body differ'),
    '9 | webhook': updateStep('9 unknown webhook'),
    '9 | `If-Match` and version': [
      ...updateStep('9 malformed If-Match', '9 stale If-Match'),
      ...stateAtomic('attacks 26: what an update makes of the last version is a 409'),
    ],
    '9 | room in the store': step('9 store full'),
    '10 | all have passed': operations('… (CONTRACT §1, §6) > nothing'),
  },
  'Paths and methods': {
    'an unknown path or another method': [
      ...onTheWire('unknown below /api', '/api itself'),
      ...otherVerbs,
    ],
    'percent-encoded letters': onTheWire('encoded letters', 'absolute form'),
    'a target whose path cannot be decoded': onTheWire('bad percent-encoding'),
    'another case of letters': onTheWire(
      'another case',
      'another case of /api',
      'dot segments',
      'dot segments in front',
    ),
    'an empty identifier, a trailing': [
      ...onTheWire('an empty identifier', 'a trailing slash', 'a doubled slash'),
      ...unknownPaths('the 404 of an unknown path names what makes it unknown (CONTRACT §1)'),
    ],
    'a path that only just misses `/api`': nearMisses(
      'a path that only just misses is no way around the authentication, nor for faults',
      'reports D5: a path that only just misses is 404, and in the journal with its hint',
    ),
    'HEAD |': [
      ...webhookRead('HEAD works where GET does (CONTRACT §1)'),
      ...tokenKeys(everyVerb),
      ...paths('GET /__admin/health needs no token'),
      ...reference('it can be looked at, and nothing else'),
    ],
    'other methods, OPTIONS': otherVerbs,
    'CONNECT |': brokenHttp(
      'broken HTTP gets a problem, and the server goes on (CONTRACT §4) > CONNECT',
    ),
    'a method that the HTTP parser does not know': [
      ...brokenHttp(
        'broken HTTP gets a problem, and the server goes on (CONTRACT §4) > an unknown method',
      ),
      ...parserCauses(
        'reports D4: every method is known in lower case',
        'reports D4: fetch with a method in lower case',
      ),
    ],
    'any `Accept`': requestHeaders('Accept is ignored (CONTRACT §1)'),
    'HTTP/1.1 without `Host`': messageChecks(
      'a refusal of the message itself comes before all checks (CONTRACT §1)',
    ),
    'any, while the sandbox shuts down': messageChecks(
      'while the sandbox closes, 503 comes before all checks (CONTRACT §1)',
    ),
  },
}
