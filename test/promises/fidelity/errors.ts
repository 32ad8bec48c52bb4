import { testsIn, type Promises } from '../promises.ts'

const answerOrder = testsIn('http/answer-order.test.ts')
const brokenHttp = testsIn('http/broken-http.test.ts')
const contentCoding = testsIn('http/content-coding.test.ts')
const messageChecks = testsIn('http/message-checks.test.ts')
const parserCauses = testsIn('http/parser-causes.test.ts')
const requestLog = testsIn('http/request-log.test.ts')
const secrets = testsIn('base/secrets.test.ts')
const shutdown = testsIn('http/shutdown.test.ts')
const bearer = testsIn('wink/auth/bearer.test.ts')
const paths = testsIn('wink/paths.test.ts')
const requestHeaders = testsIn('wink/webhooks/request-headers.test.ts')
const textCauses = testsIn('wink/webhooks/text-causes.test.ts')
const validation = testsIn('wink/webhooks/validation.test.ts')
const webhookCreate = testsIn('wink/webhooks/webhook-create.test.ts')
const webhookRules = testsIn('wink/webhooks/webhook-rules.test.ts')
const onTheWire = (...rows: string[]): string[] =>
  paths(...rows.map((row) => `raw request targets (CONTRACT §1) > ${row}`))
const otherVerbs = paths(
  'all other verbs are 405 with Allow (CONTRACT §1 step 3; RFC 9110 §15.5.6)',
)
const refused = 'refused Authorization headers (CONTRACT §4; RFC 6750 §3)'
const mediaType = 'Content-Type (CONTRACT §2)'

const causes = [
  ...textCauses(
    'reports D9: the refusal of an eventUrl names its cause (CONTRACT §4)',
    'the refusal of any text names its cause (CONTRACT §4)',
  ),
  ...parserCauses('reports D4: what the HTTP parser refuses names its cause (CONTRACT §4)'),
]
const unexpected = requestLog(
  'an unexpected failure is 500: logged with its stack, never shown (CONTRACT §4)',
)

/** Promises of docs/fidelity.md, 4. Errors. */
export const errorsPromises: Promises = {
  '4. Errors': {
    'media type |': onTheWire('unknown elsewhere'),
    '`type`, `title` |': messageChecks(
      'a problem has no instance where the parser knew no path (CONTRACT §4)',
    ),
    '`status`, `detail` |': causes,
    '`instance` |': [
      ...paths('instance is the raw path, as a URI reference (CONTRACT §4)'),
      ...secrets('attacks, secrets: docs/control-api.md, …: …'),
    ],
    '`properties` |': validation(
      'a single violation has a pointer (CONTRACT §2, §4)',
      'all violations are reported, not only the first (CONTRACT §2)',
    ),
    'secrets |': [...bearer('a refusal repeats no token (CONTRACT §4)'), ...unexpected],
  },
  Statuses: {
    '401 without `Authorization`': bearer(
      `${refused} > name: 'none'`,
      `${refused} > another scheme`,
    ),
    'other 401 |': bearer(`${refused} > no space`, `${refused} > two headers`),
    '403 for the scope |': bearer('configured tokens (CONTRACT §5) > without account.write'),
    '403 for the managing entity |': webhookRules(
      'the 403 of another managing entity has no challenge (CONTRACT §4)',
    ),
    '405 |': otherVerbs,
    '415 |': requestHeaders(mediaType),
    '500 |': unexpected,
    '503 |': [
      ...webhookCreate('a full store (CONTRACT §1 step 9)'),
      ...shutdown('a request that comes while the server closes is 503 (CONTRACT §4)'),
    ],
    '400, 408, 413, 431, 501 |': brokenHttp(
      'broken HTTP gets a problem, and the server goes on (CONTRACT §4)',
    ),
  },
  Messages: {
    '`Content-Encoding` |': contentCoding(
      'reports D3: what can be read all the same gets a hint',
      'reports D3: a body with a coding that cannot be read is 400, which names it',
    ),
    '`Expect` with an unknown value': brokenHttp(
      'what is unusual and still HTTP is served > an unknown Expect',
    ),
    'a broken request behind a good one': answerOrder(
      'every answer comes once and in order (RFC 9112 §9.3.2)',
      'every answer comes once and in order (RFC 9112 §9.3.2) > garbage behind a good request',
    ),
    'a refused body |': brokenHttp('a connection outlives a refused body'),
  },
}
