import { testsIn, type Promises } from '../promises.ts'

const afterCommit = testsIn('control/faults/after-commit.test.ts')
const connections = testsIn('control/faults/connection-faults.test.ts')
const delays = testsIn('control/faults/delays.test.ts')
const more = testsIn('control/faults/fault-promises.test.ts')
const precedence = testsIn('control/faults/fault-precedence.test.ts')
const prefer = testsIn('control/faults/prefer.test.ts')
const resets = testsIn('control/faults/reset-held.test.ts')
const tokens = testsIn('wink/oauth/token-faults.test.ts')

const ended = resets(
  'attacks 15: a reset ends what is delayed: 503, and nothing is stored behind it',
)
const order = precedence(
  'rules come in the order in which they were armed, then Prefer, then entities',
)

/** Tests of `docs/control-api.md`: which faults act, in which order, and how long. */
export const faultOrderPromises: Promises = {
  'Faults below `/oauth2`': {
    'A `problem` is an OAuth error': tokens(
      'faults answer below /oauth2 as refusals do: OAuth errors (RFC 6749 §5.2)',
    ),
    'The other bodies': tokens('other fault bodies are unchanged'),
    'A 401 has': tokens(
      'reports F7: a scripted 401 has its challenge, whatever its body (RFC 9110 §15.5.2)',
    ),
    'A `match` that names': tokens('faults of other operations and managing entities do not match'),
  },
  'Held and delayed requests': {
    'If the client gives up': delays('a client that gives up during a delay'),
    'A real slow server may store': delays(
      'a client that gives up during a delay > after the commit it is stored already',
    ),
    'At most 1,000 requests': delays(
      '1,000 requests may be held at a time; one more is 503 and stores nothing',
    ),
    'Beyond that': [
      ...delays('1,000 requests may be held at a time; one more is 503 and stores nothing'),
      ...more('while 1,000 requests are held, a no-response is closed'),
    ],
    'When the sandbox closes': [
      ...delays('a delayed request is answered at once when the sandbox closes'),
      ...connections('what is held is cut when the sandbox closes'),
    ],
    'A reset that includes the faults': [
      ...ended,
      ...resets('attacks 17: a reset ends what no-response holds, with a 503'),
    ],
    'Nothing is stored': [
      ...ended,
      ...resets('attacks 17: all places are free again behind a reset'),
    ],
    'An operation whose answer': resets(
      'attacks 15: a reset ends what is delayed: 503, and nothing is stored behind it > all, after the commit',
      'attacks 15: a reset ends what is delayed: 503, and nothing is stored behind it > the faults alone, after the commit',
    ),
    'A reset of one managing entity': resets('attacks 15: what a reset leaves alone is held on'),
    'If the reset includes the requests': ended,
  },
  Precedence: {
    'armed rules': order,
    '`Prefer: code=': [
      ...order,
      ...prefer('Prefer: code= gets every documented problem, and stores nothing (CONTRACT §4)'),
    ],
    'the managing entities': precedence(
      'a special managing entity always answers its documented problem',
      'rules come in the order in which they were armed, then Prefer, then entities',
    ),
    'The first fault that answers': order,
    'A fault that only delays': [
      ...order,
      ...precedence('a mere delay leaves the answer to a special managing entity, or to the truth'),
      ...more('delays add up, and do not follow the clock of the sandbox'),
    ],
    '`after-commit` rules act': more(
      'after-commit rules act in the order in which they were armed',
    ),
    'A request that was refused': [
      ...afterCommit('what is refused by itself is not hit, and does not count'),
      ...precedence(
        'rules come in the order in which they were armed, then Prefer, then entities > a rule that answers after the commit has no turn behind Prefer',
      ),
      ...more('after-commit rules do not count requests that another fault answered'),
    ],
    'Faults come before': precedence(
      'a fault comes before all that the request itself breaks (CONTRACT §1)',
    ),
    'A request that was injected': connections(
      'an injected request is rejected, whatever the kind',
    ),
  },
  '`Prefer`': {
    '`Prefer: code=<status>` (RFC 7240) works': [
      ...prefer('faults cover all of /api, and nothing else (CONTRACT §1 step 1)'),
      ...tokens('Prefer, Retry-After and detail are those of the fault'),
    ],
    'It takes 400, 401, 403, 404': prefer(
      'Prefer: code= gets every documented problem, and stores nothing (CONTRACT §4)',
    ),
    'A status that is not in this list': prefer('the syntax of Prefer (RFC 7240 §2) > code=999'),
    'Of several `code`s the first counts': prefer(
      'the syntax of Prefer (RFC 7240 §2) > code=503, code=500',
    ),
    '`Preference-Applied` answers a request': prefer(
      'Prefer: code= gets every documented problem, and stores nothing (CONTRACT §4)',
    ),
  },
}
