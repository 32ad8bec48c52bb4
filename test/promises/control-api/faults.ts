import { no, testsIn, type Promises } from '../promises.ts'

const afterCommit = testsIn('control/faults/after-commit.test.ts')
const answers = testsIn('control/faults/fault-answers.test.ts')
const connections = testsIn('control/faults/connection-faults.test.ts')
const delays = testsIn('control/faults/delays.test.ts')
const faults = testsIn('control/faults/faults.test.ts')
const match = testsIn('control/faults/fault-match.test.ts')
const more = testsIn('control/faults/fault-promises.test.ts')
const prefer = testsIn('control/faults/prefer.test.ts')
const resets = testsIn('control/faults/reset-held.test.ts')
const rules = testsIn('control/faults/fault-rule.test.ts')

const bodies = answers(
  'every body has the header fields and the bytes of its sender, before and after',
)
const refused = rules('a rule that makes no sense is refused, and says where')
const shares = faults('times and skip say which of the matching requests are hit')

/** Tests of `docs/control-api.md`, its section on faults. */
export const faultPromises: Promises = {
  Faults: {
    '`match` |': match(
      'what is left out of match matches all, what is there must match',
      'rules cover all of the imitated API, and nothing else (CONTRACT §1 step 1)',
    ),
    'A member that is left out matches': match(
      'what is left out of match matches all, what is there must match',
    ),
    '`times` |': shares,
    '`skip` |': shares,
    '`probability` |': [
      ...shares,
      ...faults('chance is the same in every run with a seed, of the rule or of the sandbox'),
      ...refused,
    ],
    '`seed` |': [
      ...faults('chance is the same in every run with a seed, of the rule or of the sandbox'),
      ...more('a random delay is between its bounds, and the same in every run with a seed'),
      ...rules('a rule that makes no sense is refused, and says where > seed 2 ** 31'),
    ],
    '`effect` |': rules('a request without a body has everything left out'),
    '`when` |': [
      ...faults('…: a rule is armed with its defaults, and shown'),
      ...answers('every status is answered as the problem that it is, and nothing is stored'),
    ],
    '`after-commit`: the operation is': [
      ...afterCommit(
        'the webhook is stored once, and its answer replaced or lost',
        'a mere delay after the commit leaves the answer as it is',
      ),
      ...more('after-commit: a webhook is changed or deleted, its answer replaced'),
    ],
    '`operation` is one of the six': [
      ...testsIn('wink/operations.test.ts')('… is known to faults and to the journal'),
      ...more('operations below /oauth2: which faults act on them'),
    ],
    '`token` is compared': [
      ...faults('…: the token of a rule is compared and never shown'),
      ...testsIn('base/masking.test.ts')('the token that a fault matches is shown nowhere'),
    ],
    '`after-commit` acts only': afterCommit(
      'the webhook is stored once, and its answer replaced or lost',
    ),
    'A refused request gets its true answer': afterCommit(
      'what is refused by itself is not hit, and does not count',
    ),
    'It does not use the fault up': afterCommit(
      'what is refused by itself is not hit, and does not count',
      'a fault that a request was too bad for hits the next one',
    ),
    'An armed fault is the rule': faults(
      '…: a rule is armed with its defaults, and shown',
      '…: the token of a rule is compared and never shown',
    ),
    'Three counters tell': faults(
      '…: a rule counts what matched, what it acted on and what is left',
    ),
    '`remaining` tells': faults(
      '…: a rule counts what matched, what it acted on and what is left',
      '…: what a rule says is shown as it was said > without limit',
    ),
    'A rule that could never act': match('a rule that no request can match is refused'),
    'There can be 1,000 rules': faults(
      '…: 1,000 rules may be armed; used-up ones make room, oldest first',
    ),
    'A new one takes the place': faults(
      '…: 1,000 rules may be armed; used-up ones make room, oldest first',
    ),
    'In TypeScript, write': no('advice'),
  },
  Effects: {
    'An effect is a status': refused,
    'A delay can stand': [
      ...rules('all that makes sense together is taken'),
      ...delays('a delayed request is answered at once when the sandbox closes > the true answer'),
    ],
    '`status` |': [
      ...answers('every status is answered as the problem that it is, and nothing is stored'),
      ...rules('a rule that makes no sense is refused, and says where > an unknown status'),
    ],
    '`detail` |': answers('detail and Retry-After are those of the rule'),
    '`retryAfterSeconds` |': [
      ...answers('detail and Retry-After are those of the rule'),
      ...rules(
        'a rule that makes no sense is refused, and says where > a Retry-After of more than a day',
      ),
    ],
    '`body` |': bodies,
    '`connection` |': connections(
      '…: connection-reset is a TCP RST, empty-response a FIN without a byte',
    ),
    '`empty-response`': connections(
      '…: connection-reset is a TCP RST, empty-response a FIN without a byte',
    ),
    '`truncated-body`: it closes': connections(
      '…: truncated-body announces all of a body and sends half',
    ),
    '`no-response`': [
      ...connections(
        'no-response: held, in the journal, until the client gives up',
        'what is held is cut when the sandbox closes',
      ),
      ...resets('attacks 17: a reset ends what no-response holds, with a 503'),
    ],
    '`delayMs` |': [
      ...more('delays add up, and do not follow the clock of the sandbox'),
      ...rules(
        'all that makes sense together is taken > delayMs: 600_000',
        'a rule that makes no sense is refused, and says where > delays that are too long',
      ),
    ],
    '`minMs`, `maxMs`': [
      ...more('a random delay is between its bounds, and the same in every run with a seed'),
      ...rules('a rule that makes no sense is refused, and says where > two delays'),
    ],
    '`problem`': answers(
      'every status is answered as the problem that it is, and nothing is stored',
    ),
    '`spring-security`': [
      ...bodies,
      ...rules(
        'a rule that makes no sense is refused, and says where > spring-security with another status',
      ),
    ],
    'Spring Security sends': no('explanation'),
    '`boot-error`': bodies,
    'The `/error` page': no('explanation'),
    '`gateway-html`': bodies,
    '`empty`': bodies,
    'Each `body` has': more('each body has Retry-After where the rule has retryAfterSeconds'),
    'The header fields of a scripted status': [
      ...answers('every status is answered as the problem that it is, and nothing is stored'),
      ...prefer('Prefer: code= gets every documented problem, and stores nothing (CONTRACT §4)'),
    ],
    'A scripted 405 names the methods': answers(
      'an answer says what the path really allows and asks for',
    ),
    'Wink documents problem details for all errors': no('reason'),
    '`truncated-body` announces': connections(
      '…: truncated-body announces all of a body and sends half',
    ),
    'The answer is the true one': connections(
      '…: truncated-body announces all of a body and sends half',
      'truncated-body without a status: half of a 500, or of the truth',
    ),
  },
}
