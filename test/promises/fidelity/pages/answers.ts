import { no, testsIn, type Promises } from '../../promises.ts'

const brokenHttp = testsIn('http/broken-http.test.ts')
const contentCoding = testsIn('http/content-coding.test.ts')
const jsonBody = testsIn('http/json-body.test.ts')
const messageChecks = testsIn('http/message-checks.test.ts')
const parserCauses = testsIn('http/parser-causes.test.ts')
const secrets = testsIn('base/secrets.test.ts')
const transferCoding = testsIn('http/transfer-coding.test.ts')
const host = testsIn('http/host.test.ts')
const data = testsIn('wink/data.test.ts')
const bearer = testsIn('wink/auth/bearer.test.ts')
const paths = testsIn('wink/paths.test.ts')
const textCauses = testsIn('wink/webhooks/text-causes.test.ts')
const validation = testsIn('wink/webhooks/validation.test.ts')
const webhookCreate = testsIn('wink/webhooks/webhook-create.test.ts')
const oneBroken = (...rows: string[]): string[] =>
  validation(...rows.map((row) => `a single violation has a pointer (CONTRACT §2, §4) > ${row}`))
const refused = 'refused Authorization headers (CONTRACT §4; RFC 6750 §3)'
const unknownCoding = 'reports F10: a transfer coding other than one chunked is 501 (RFC 9112 §6.1)'

const causes = [
  ...textCauses(
    'reports D9: the refusal of an eventUrl names its cause (CONTRACT §4)',
    'the refusal of any text names its cause (CONTRACT §4)',
  ),
  ...parserCauses('reports D4: what the HTTP parser refuses names its cause (CONTRACT §4)'),
]
const userIdentifier = webhookCreate('userIdentifier (CONTRACT §3)')
const violations =
  'attacks 04: the first 50 violations are listed, and 1,000 are counted (CONTRACT §2)'

/** Promises of docs/fidelity/answers.md. */
export const answersPage: Promises = {
  'Answers: reasons and border cases': { 'The rules are in fidelity.md': no('link') },
  '`userIdentifier`': {
    'It is the first of these': userIdentifier,
    'the `sub` of a token': userIdentifier,
    'the configured user': bearer(
      'configured tokens (CONTRACT §5) > userIdentifier is the configured one',
    ),
    'the UUID v5 of the token': webhookCreate(
      'is the v5 UUID of any other token in the URL namespace (RFC 9562 §5.5)',
    ),
    '`uuidgen --sha1 --namespace @url --name TOKEN`': webhookCreate(
      'is the v5 UUID of any other token in the URL namespace (RFC 9562 §5.5)',
    ),
    'A configured token that is a JWT': data(
      'invalid data are refused with place and reason > the "sub" of the token',
    ),
  },
  '`instance`': {
    "Wink's schema types `instance` as `uri`": testsIn('docs/openapi-answers.test.ts')(
      'what is answered is what the document says, and nothing else',
    ),
    'RFC 9457 asks for a URI reference': paths(
      'instance is the raw path, as a URI reference (CONTRACT §4)',
    ),
    'A client that checks the format': no('consequence'),
    'Characters that a URI may not have': paths(
      'instance is the raw path, as a URI reference (CONTRACT §4) > /a%7Cb%22c',
    ),
    'Secrets are masked.': secrets('attacks, secrets: docs/control-api.md, …: …'),
  },
  Violations: {
    '`properties.errors` lists the violations': validation(
      'a single violation has a pointer (CONTRACT §2, §4)',
      'all violations are reported, not only the first (CONTRACT §2)',
    ),
    'The first 50 violations are listed.': validation(violations),
    'Up to 1,000 are counted': validation(`${violations} > more than 1,000 rules`),
    'A missing member has the pointer to itself.': oneBroken('name missing', 'identifier missing'),
    'A body that is no object has the pointer `#`.': oneBroken('an array'),
    'An entity of the body that is not': testsIn('wink/webhooks/validation-oracle.test.ts')(
      'the server agrees with an oracle of CONTRACT §2 on random bodies > sameEntity',
    ),
    'Broken JSON has no list': jsonBody(
      'what is not JSON is 400 and says where it breaks (CONTRACT §4)',
    ),
    'The order of the list is not promised.': no('open'),
  },
  Causes: {
    'A refusal names its cause behind': causes,
    'A switch or setting that would accept': [
      ...contentCoding(
        'a refusal names the switch or the setting that would avoid it (CONTRACT §4)',
      ),
      ...textCauses('the refusal of an event name suggests a name and the switch (CONTRACT §4)'),
    ],
    'Of a refused URL the sentence repeats': textCauses(
      'reports D9: the refusal of an eventUrl names its cause (CONTRACT §4) > user:geheim@',
    ),
  },
  Challenges: {
    'Anything that begins with Bearer': bearer(`${refused} > no space`, `${refused} > two headers`),
    'The scope that is missing is named': bearer(
      'configured tokens (CONTRACT §5) > without account.write',
    ),
  },
  'Content-Encoding': {
    'The sentence of the 400 names the coding.': contentCoding(
      'reports D3: a body with a coding that cannot be read is 400, which names it',
    ),
    'At `/oauth2/token` this is an OAuth error.': contentCoding(
      'reports D3: a token request with a coding',
    ),
    'A body that can be read although a coding': contentCoding(
      'reports D3: what can be read all the same gets a hint',
    ),
  },
  'Refusals of the message': {
    '408, 413 (1 MiB), 431, 501 and the 400': [
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
    '`Host` comes once and can be the host': host(
      'a request has one Host that can be the host of a URL (RFC 9112 §3.2)',
      'reports F9: a Host that no URL can have is refused (RFC 9110 §4.2.1)',
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
  },
}
