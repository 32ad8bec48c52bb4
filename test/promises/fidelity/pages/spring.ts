import { no, testsIn, type Promises } from '../../promises.ts'

const faultAnswers = testsIn('control/faults/fault-answers.test.ts')
const messageChecks = testsIn('http/message-checks.test.ts')
const requestLog = testsIn('http/request-log.test.ts')
const bearer = testsIn('wink/auth/bearer.test.ts')
const clientAuthentication = testsIn('wink/oauth/client-authentication.test.ts')
const issuedTokens = testsIn('wink/oauth/issued-tokens.test.ts')
const paths = testsIn('wink/paths.test.ts')
const switches = testsIn('wink/switches/switches.test.ts')
const requestHeaders = testsIn('wink/webhooks/request-headers.test.ts')
const validation = testsIn('wink/webhooks/validation.test.ts')
const webhookCreate = testsIn('wink/webhooks/webhook-create.test.ts')

const members = messageChecks(
  'a problem has no instance where the parser knew no path (CONTRACT §4)',
)
const refused = 'refused Authorization headers (CONTRACT §4; RFC 6750 §3)'
const violation = 'a single violation has a pointer (CONTRACT §2, §4)'
const version = 'Wink-Version (CONTRACT §2)'

/** Promises of docs/fidelity/spring.md: each row is shown by a test of the sandbox's answer. */
export const springPage: Promises = {
  "Differences from Spring's defaults": {
    'Wink appears to run on Spring Boot 4': no('source'),
    'Nothing of this is published.': no('source'),
    "The sandbox follows Wink's documents": no('introduction'),
    "These rows show where Spring's defaults": no('introduction'),
    'A test of a client should not': no('advice'),
    '`type` of a problem |': members,
    'order in a problem |': members,
    '`properties` |': validation(violation),
    '`detail` of an invalid body |': validation(violation),
    'body of a 401 or 403 |': bearer(refused),
    'body of an unhandled 500 |': requestLog(
      'an unexpected failure is 500: logged with its stack, never shown (CONTRACT §4)',
    ),
    '403 for the scope |': bearer('configured tokens (CONTRACT §5) > without account.write'),
    'two `Authorization` fields |': bearer(`${refused} > two headers`),
    'clock skew of a token |': issuedTokens(
      'the validity of an issued token follows the clock of the sandbox (RFC 7519 §4.1.4, §4.1.5)',
    ),
    'OPTIONS |': paths('all other verbs are 405 with Allow (CONTRACT §1 step 3; RFC 9110 §15.5.6)'),
    '`Accept` that nothing fits |': requestHeaders('Accept is ignored (CONTRACT §1)'),
    '`Wink-Version` `2` or `v2.0` |': requestHeaders(
      `${version} > value: '2', status: 400`,
      `${version} > value: 'v2.0', status: 400`,
    ),
    '`"true"` for a boolean |': validation(`${violation} > enabled "true": not coerced`),
    'version of a new record |': switches('switches that change a webhook > firstVersion 1'),
    '`Retry-After` of a 503 |': webhookCreate('a full store (CONTRACT §1 step 9)'),
    'security header fields |': messageChecks(
      'header fields of answers are those of Wink, and one of the sandbox',
    ),
    'unknown client at the token endpoint |': clientAuthentication(
      'reports F7: refused clients, each 401 with a challenge (RFC 6749 §5.2)',
    ),
    'A fault sends two of these bodies': faultAnswers(
      'every body has the header fields and the bytes of its sender, before and after',
    ),
  },
}
