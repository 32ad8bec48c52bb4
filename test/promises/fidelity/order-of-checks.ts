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

/** Promises of docs/fidelity.md, Fidelity: Wink's rules and ours and 1. Order of checks (ours). */
export const orderOfChecksPromises: Promises = {
  "Fidelity: Wink's rules and ours": {
    'Each rule on this page names its source.': no('introduction'),
    'Code and tests refer to a section': testsIn('control/journal/diagnosis.test.ts')(
      'the diagnosis names the rule that was broken: …, …',
    ),
  },
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
    'The order here is that of a Spring Security': no('source'),
    'a fault that the request or a test': step('1 scripted fault'),
    'authentication: 401': step('2 authentication'),
    'unknown path: 404; another method': step('3 unknown path', '3 other verb'),
    'scope of the token: 403': step('4 scope'),
    'media type: 415': step('5 media type'),
    '`Wink-Version`: 400': step('6 Wink-Version'),
    'body: too large 413, not JSON 400': [
      ...step('7 body is JSON', '7 body follows the schema'),
      ...jsonBody('a body over 1 MiB is 413, in its place in the order (CONTRACT §1 step 7, §4)'),
    ],
    'managing entity: unknown 404': step(
      '8 unknown entity',
      '8 entity of others',
      '8 path and body differ',
    ),
    'webhook: unknown in that entity 404': [
      ...updateStep('9 unknown webhook', '9 malformed If-Match', '9 stale If-Match'),
      ...stateAtomic('attacks 26: what an update makes of the last version is a 409'),
      ...step('9 store full'),
    ],
    '200 or 201': operations('… (CONTRACT §1, §6) > nothing'),
    'Authentication covers all of `/api`': [
      ...onTheWire('unknown below /api', '/api itself'),
      ...otherVerbs,
    ],
    'The form of a target does not matter': onTheWire('encoded letters', 'absolute form'),
    'A target whose path cannot be decoded is 400': onTheWire('bad percent-encoding'),
    'Paths are case-sensitive.': onTheWire('another case', 'another case of /api'),
    'Dot segments are not resolved.': onTheWire('dot segments', 'dot segments in front'),
    'An empty identifier, a trailing slash': onTheWire(
      'an empty identifier',
      'a trailing slash',
      'a doubled slash',
    ),
    'The 404 says which of these it was.': unknownPaths(
      'the 404 of an unknown path names what makes it unknown (CONTRACT §1)',
    ),
    'A path that only just misses `/api`': [
      ...onTheWire('a doubled slash in front', 'another case of /api'),
      ...nearMisses(
        'a path that only just misses is no way around the authentication, nor for faults',
      ),
    ],
    'It is 404, and the journal has it.': nearMisses(
      'reports D5: a path that only just misses is 404, and in the journal with its hint',
    ),
    'HEAD works on every path that has GET.': [
      ...webhookRead('HEAD works where GET does (CONTRACT §1)'),
      ...tokenKeys(everyVerb),
      ...paths('GET /__admin/health needs no token'),
      ...reference('it can be looked at, and nothing else'),
    ],
    'Other methods that the HTTP parser knows': otherVerbs,
    'CONNECT is the exception': brokenHttp(
      'broken HTTP gets a problem, and the server goes on (CONTRACT §4) > CONNECT',
    ),
    'A method that the HTTP parser does not know': brokenHttp(
      'broken HTTP gets a problem, and the server goes on (CONTRACT §4) > an unknown method',
    ),
    'The sentence names the cause of a method in lower case': parserCauses(
      'reports D4: every method is known in lower case',
      'reports D4: fetch with a method in lower case',
    ),
    '`Accept` has no effect': requestHeaders('Accept is ignored (CONTRACT §1)'),
    'While the sandbox shuts down, 503 comes': messageChecks(
      'while the sandbox closes, 503 comes before all checks (CONTRACT §1)',
    ),
    'Two refusals of the message itself': messageChecks(
      'a refusal of the message itself comes before all checks (CONTRACT §1)',
    ),
  },
}
