import { no, testsIn, type Promises } from '../promises.ts'

const afterCommit = testsIn('control/faults/after-commit.test.ts')
const delays = testsIn('control/faults/delays.test.ts')
const faultAnswers = testsIn('control/faults/fault-answers.test.ts')
const faultPrecedence = testsIn('control/faults/fault-precedence.test.ts')
const prefer = testsIn('control/faults/prefer.test.ts')
const journalLimits = testsIn('control/journal/journal-limits.test.ts')
const answerOrder = testsIn('http/answer-order.test.ts')
const brokenHttp = testsIn('http/broken-http.test.ts')
const contentCoding = testsIn('http/content-coding.test.ts')
const jsonBody = testsIn('http/json-body.test.ts')
const messageChecks = testsIn('http/message-checks.test.ts')
const parserCauses = testsIn('http/parser-causes.test.ts')
const requestLog = testsIn('http/request-log.test.ts')
const secrets = testsIn('base/secrets.test.ts')
const shutdown = testsIn('http/shutdown.test.ts')
const transferCoding = testsIn('http/transfer-coding.test.ts')
const bearer = testsIn('wink/auth/bearer.test.ts')
const tokenFaults = testsIn('wink/oauth/token-faults.test.ts')
const paths = testsIn('wink/paths.test.ts')
const requestHeaders = testsIn('wink/webhooks/request-headers.test.ts')
const textCauses = testsIn('wink/webhooks/text-causes.test.ts')
const validation = testsIn('wink/webhooks/validation.test.ts')
const webhookCreate = testsIn('wink/webhooks/webhook-create.test.ts')
const webhookRules = testsIn('wink/webhooks/webhook-rules.test.ts')
const onTheWire = (...rows: string[]): string[] =>
  paths(...rows.map((row) => `raw request targets (CONTRACT §1) > ${row}`))
const oneBroken = (...rows: string[]): string[] =>
  validation(...rows.map((row) => `a single violation has a pointer (CONTRACT §2, §4) > ${row}`))
const otherVerbs = paths(
  'all other verbs are 405 with Allow (CONTRACT §1 step 3; RFC 9110 §15.5.6)',
)
const refused = 'refused Authorization headers (CONTRACT §4; RFC 6750 §3)'
const mediaType = 'Content-Type (CONTRACT §2)'
const unknownCoding = 'reports F10: a transfer coding other than one chunked is 501 (RFC 9112 §6.1)'

/** Promises of docs/fidelity.md, 4. Errors and Scripted faults (ours). */
export const errorsPromises: Promises = {
  '4. Errors': {
    'An error is `application/problem+json`': onTheWire('unknown elsewhere'),
    'Its members are `type`': messageChecks(
      'a problem has no instance where the parser knew no path (CONTRACT §4)',
    ),
    '`instance` is the path as sent': [
      ...paths('instance is the raw path, as a URI reference (CONTRACT §4)'),
      ...secrets('attacks, secrets: docs/control-api.md, …: …'),
    ],
    'Characters that a URI may not have': paths(
      'instance is the raw path, as a URI reference (CONTRACT §4) > /a%7Cb%22c',
    ),
    "Wink's schema types `instance` as `uri`": testsIn('docs/openapi-answers.test.ts')(
      'what is answered is what the document says, and nothing else',
    ),
    '`properties.errors` lists the violations': validation(
      'a single violation has a pointer (CONTRACT §2, §4)',
      'all violations are reported, not only the first (CONTRACT §2)',
    ),
    'A missing member has the pointer to itself.': oneBroken('name missing', 'identifier missing'),
    'A body that is no object has the pointer `#`.': oneBroken('an array'),
    'Broken JSON has no list': jsonBody(
      'what is not JSON is 400 and says where it breaks (CONTRACT §4)',
    ),
    'The order of the list is not promised.': no('open'),
    'A refusal names its cause behind': [
      ...textCauses(
        'reports D9: the refusal of an eventUrl names its cause (CONTRACT §4)',
        'the refusal of any text names its cause (CONTRACT §4)',
      ),
      ...parserCauses('reports D4: what the HTTP parser refuses names its cause (CONTRACT §4)'),
    ],
    'A switch or setting that would accept': [
      ...contentCoding(
        'a refusal names the switch or the setting that would avoid it (CONTRACT §4)',
      ),
      ...textCauses('the refusal of an event name suggests a name and the switch (CONTRACT §4)'),
    ],
    'Of a refused URL the sentence repeats': textCauses(
      'reports D9: the refusal of an eventUrl names its cause (CONTRACT §4) > user:geheim@',
    ),
    '401: a request without `Authorization`': bearer(`${refused} > another scheme`),
    'Anything that begins with Bearer': bearer(`${refused} > no space`, `${refused} > two headers`),
    '403 for the scope gets': bearer('configured tokens (CONTRACT §5) > without account.write'),
    '403 for the managing entity gets': webhookRules(
      'the 403 of another managing entity has no challenge (CONTRACT §4)',
    ),
    '405 has `Allow`, 415 has `Accept': [
      ...otherVerbs,
      ...requestHeaders(mediaType),
      ...webhookCreate('a full store (CONTRACT §1 step 9)'),
      ...shutdown('a request that comes while the server closes is 503 (CONTRACT §4)'),
    ],
    'One second is short': no('reason'),
    '500 says nothing of its reason.': requestLog(
      'an unexpected failure is 500: logged with its stack, never shown (CONTRACT §4)',
    ),
    'The log has the reason with its stack.': requestLog(
      'an unexpected failure is 500: logged with its stack, never shown (CONTRACT §4)',
    ),
    '501 answers a transfer coding': transferCoding(
      unknownCoding,
      'reports F10: whatever the method',
    ),
    'The connection closes behind the answer.': transferCoding(unknownCoding),
    'It comes before a scripted fault.': messageChecks(
      'a refusal of the message itself comes before all checks (CONTRACT §1) > a scripted fault',
    ),
    'A target that cannot be decoded is still 400': [
      ...messageChecks('a target that cannot be decoded is 400, whatever its transfer coding'),
      ...transferCoding('Content-Length beside it stays 400, in either order (RFC 9112 §6.3)'),
    ],
    '408, 413 (1 MiB), 431 and the 400': [
      ...brokenHttp(
        'broken HTTP gets a problem, and the server goes on (CONTRACT §4)',
        'a request that does not arrive in time is 408',
      ),
      ...jsonBody('a body over 1 MiB is 413, in its place in the order (CONTRACT §1 step 7, §4)'),
    ],
    'They have no `instance`': messageChecks(
      'a problem has no instance where the parser knew no path (CONTRACT §4)',
    ),
    'The sentence names the cause as far as': parserCauses(
      'reports D4: what the HTTP parser refuses names its cause (CONTRACT §4)',
    ),
    'An unknown `Expect` is ignored': brokenHttp(
      'what is unusual and still HTTP is served > an unknown Expect',
    ),
    'A broken request may follow a good one': answerOrder(
      'every answer comes once and in order (RFC 9112 §9.3.2) > garbage behind a good request',
    ),
    'Every request gets one answer.': answerOrder(
      'every answer comes once and in order (RFC 9112 §9.3.2)',
    ),
    'A body is not decoded, as Tomcat': contentCoding(
      'reports D3: what can be read all the same gets a hint',
    ),
    'A coded body that cannot be read is 400': contentCoding(
      'reports D3: a body with a coding that cannot be read is 400, which names it',
    ),
    'At `/oauth2/token` this is an OAuth error.': contentCoding(
      'reports D3: a token request with a coding',
    ),
    'A body that can be read although a coding': contentCoding(
      'reports D3: what can be read all the same gets a hint',
    ),
    'A refused body does not close the connection': brokenHttp(
      'a connection outlives a refused body',
    ),
  },
  'Scripted faults (ours)': {
    'Faults come before all other checks.': faultPrecedence(
      'a fault comes before all that the request itself breaks (CONTRACT §1)',
    ),
    'Rules that a test has armed come first': faultPrecedence(
      'rules come in the order in which they were armed, then Prefer, then entities',
    ),
    '`Prefer: code=<status>` (RFC 7240) works': [
      ...prefer('faults cover all of /api, and nothing else (CONTRACT §1 step 1)'),
      ...tokenFaults('Prefer, Retry-After and detail are those of the fault'),
    ],
    'It takes 400, 401, 403, 404': prefer(
      'Prefer: code= gets every documented problem, and stores nothing (CONTRACT §4)',
    ),
    'Of several `code`s the first counts.': prefer(
      'the syntax of Prefer (RFC 7240 §2) > code=503, code=500',
    ),
    'A status that is not in this list': prefer('the syntax of Prefer (RFC 7240 §2) > code=999'),
    'The headers of a scripted answer': [
      ...prefer('Prefer: code= gets every documented problem, and stores nothing (CONTRACT §4)'),
      ...faultAnswers('every status is answered as the problem that it is, and nothing is stored'),
    ],
    'A scripted 405 names the methods': faultAnswers(
      'an answer says what the path really allows and asks for',
    ),
    'A fault `after-commit` acts on requests': afterCommit(
      'the webhook is stored once, and its answer replaced or lost',
    ),
    'A refused request gets its true answer': afterCommit(
      'what is refused by itself is not hit, and does not count',
    ),
    'It does not use the fault up.': afterCommit(
      'what is refused by itself is not hit, and does not count',
      'a fault that a request was too bad for hits the next one',
    ),
    'A delay before the operation also': delays('a client that gives up during a delay'),
    'A real slow server may store': delays(
      'a client that gives up during a delay > after the commit it is stored already',
    ),
    'The bodies of `spring-security`': faultAnswers(
      'every body has the header fields and the bytes of its sender, before and after',
    ),
    'Wink documents problem details for all errors': no('reason'),
    '`X-Wink-Mock-Request-Id` is the only': messageChecks(
      'header fields of answers are those of Wink, and one of the sandbox',
    ),
    '`--max-journal-entries 0` leaves it out.': journalLimits(
      'a journal that is off: no header, and who asks it gets 409',
    ),
    '`Preference-Applied` answers a request': prefer(
      'Prefer: code= gets every documented problem, and stores nothing (CONTRACT §4)',
    ),
  },
}
