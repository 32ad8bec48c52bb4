import { no, testsIn, type Promises } from '../promises.ts'

const answers = testsIn('control/journal/journal-answers.test.ts')
const bodies = testsIn('control/journal/journal-bodies.test.ts')
const broken = testsIn('control/journal/journal-broken.test.ts')
const diagnosis = testsIn('control/journal/diagnosis.test.ts')
const entries = testsIn('control/journal/journal-entries.test.ts')
const journal = testsIn('control/journal/journal.test.ts')
const lists = testsIn('control/journal/journal-lists.test.ts')
const limits = testsIn('control/journal/journal-limits.test.ts')
const masking = testsIn('base/masking.test.ts')
const misses = testsIn('wink/near-misses.test.ts')
const paced = testsIn('control/journal/paced-journal.test.ts')
const secrets = testsIn('base/secrets.test.ts')
const wait = testsIn('control/journal/wait.test.ts')

const examples = secrets('attacks, secrets: docs/control-api.md, …: …')
const filtered = journal('a filter finds what all of it is true of: …')
const maskedBodies = secrets('attacks, secrets: only the secret of a body is masked: …')
const one = journal('an exchange is in the journal with all that is known of it')

/** Tests of `docs/control-api.md`, its section on the journal. */
export const journalPromises: Promises = {
  'Requests: the journal': {
    'The journal keeps every exchange': [
      ...journal(
        'what is below /api and /oauth2, or is meant to be, is in the journal, and nothing else',
      ),
      ...bodies('the body is in the journal, whoever answers: …, …'),
      ...broken('one entry, which the answer names, for …', 'a connection that a fault broke: …'),
    ],
    'It keeps requests in which': broken('one entry, which the answer names, for … > garbage'),
    'It keeps requests that only just miss': misses(
      'reports D5: a path that only just misses is 404, and in the journal with its hint',
    ),
    'These are 404': misses(
      'reports D5: a path that only just misses is 404, and in the journal with its hint',
      'a path that only just misses is no way around the authentication, nor for faults',
    ),
    '`X-Wink-Mock-Request-Id`': journal('the entry that an answer names can be looked up at once'),
    'The last 1,000 requests': journal(
      'by default the journal holds 1,000',
      'the oldest make room: maxJournalEntries',
    ),
    '0 turns the journal off': limits('a journal that is off: no header, and who asks it gets 409'),
    'At most 16 MiB': [
      ...entries('by default the journal holds 16 MiB'),
      ...limits('the oldest make room: maxJournalBytes'),
    ],
    'Bodies and header fields': [
      ...answers('answers take room in the journal'),
      ...limits(
        'the oldest make room: maxJournalBytes',
        'attacks 05: violations take room too',
        'attacks 05: faults take room too',
        'attacks 05: a query takes no memory in the journal',
        'a body that nobody has read yet counts as the most that is kept of it',
      ),
    ],
    'The oldest requests make room': [
      ...limits('the last one is kept, however large it is'),
      ...journal('the oldest make room: maxJournalEntries'),
    ],
    '`time` |': entries(
      'requests come in the order of their answers, each with the time of its answer',
    ),
    '`durationMs` |': testsIn('control/faults/fault-promises.test.ts')(
      'delays add up, and do not follow the clock of the sandbox',
    ),
    '`method`, `path` |': [
      ...one,
      ...examples,
      ...broken('one entry, which the answer names, for … > garbage'),
    ],
    '`operation`, `managingEntityIdentifier` |': [
      ...one,
      ...limits('a request that names no managing entity is of none'),
      ...broken('one entry, which the answer names, for … > a target that cannot be decoded'),
    ],
    '`headers` |': [
      ...one,
      ...masking(
        'a secret in a header is masked, whoever refuses it: …: …',
        'a header that is sent many times is shown each time, masked',
      ),
    ],
    '`body` |': [
      ...bodies('the first 16 KiB of a body are kept, and its whole length'),
      ...entries('a request without a body: body is null and bodyBytes is 0'),
      ...maskedBodies,
    ],
    '`bodyBytes` |': [
      ...bodies('the first 16 KiB of a body are kept, and its whole length'),
      ...entries('a request without a body: body is null and bodyBytes is 0'),
    ],
    '`status` |': journal('requests that got no answer can be asked for'),
    '`response` |': answers(
      'the journal has the answer as the client got it: …',
      'a request that got no answer has none in the journal',
    ),
    '`faults` |': bodies('what faults did is in the journal, with the body'),
    '`createdWebhookId` |': [
      ...one,
      ...testsIn('control/faults/after-commit.test.ts')(
        'the webhook is stored once, and its answer replaced or lost',
      ),
    ],
    '`diagnosis` |': [
      ...diagnosis(
        'the diagnosis names the rule that was broken: …, …',
        'the detail and the violations are those of the answer',
        'a fault and a success break no rule',
      ),
      ...testsIn('control/journal/hints.test.ts')('hints: …'),
    ],
    '`response` is the answer': answers(
      'the journal has the answer as the client got it: …',
      'of a long answer the journal has the first 16 KiB and the length',
    ),
    'Of an answer that a fault cut': answers(
      'the journal has the answer as the client got it: … > half an answer',
    ),
    '`Connection`, `Date`': answers('the journal has the answer as the client got it: …'),
    'A refusal is shown': answers(
      'the journal has the answer as the client got it: … > a challenge',
      'secrets in answers are masked',
    ),
  },
  Secrets: {
    'The journal, the log and the `instance`': examples,
    'All else stays': [...examples, ...masking('other headers are shown as they are')],
    'These are secrets:': no('introduction'),
    'a value with the name of a secret': [...examples, ...maskedBodies],
    'In any other text': [...examples, ...maskedBodies],
    'Such a name has one of these': secrets(
      'docs/control-api.md: each of its names is that of a secret, everywhere',
    ),
    'A name that ends in': entries(
      'what has the name of a type or an address, and true and false, are no secrets',
    ),
    '`code`, `sig` and `key`': entries(
      'code, sig and key are secrets in a URL and a form, and not elsewhere',
    ),
    'the password of a URL': [...examples, ...maskedBodies],
    'below `/oauth2`': [
      ...masking('a secret in a token request is masked: … … …'),
      ...entries('below /oauth2 four values of a form are shown'),
    ],
    'These are shown:': no('introduction'),
    '`true`, `false`, `null`': [
      ...entries('what has the name of a type or an address, and true and false, are no secrets'),
      ...examples,
    ],
    'the scheme of an authorization': masking(
      'a secret in a header is masked, whoever refuses it: …: …',
    ),
    'a secret that has no name': entries('a secret without a name is shown'),
    'header |…': examples,
    'path |…': examples,
    'body |…': examples,
    'form |…': examples,
  },
  Filters: {
    'A filter has': filtered,
    'A member that is left out': filtered,
    '`status`: `null`': journal('requests that got no answer can be asked for'),
    '`since` is an instant': [
      ...filtered,
      ...journal('since a request is after it, in either case, though it came in the same instant'),
    ],
    'The search begins': [
      ...filtered,
      ...journal('since a request is after it, in either case, though it came in the same instant'),
    ],
    '`path` is the whole path': filtered,
    'A list also takes': lists('a list has its order, and ends at its limit: …'),
    '`order` is `asc`': [
      ...lists('a list has its order, and ends at its limit: …'),
      ...entries('requests come in the order of their answers, each with the time of its answer'),
    ],
    '`limit` is how many': lists(
      'a list has its order, and ends at its limit: …',
      'order and limit belong to lists alone',
    ),
    '`ids` selects': [
      ...lists('a list of ids selects these requests, and nothing for an id that is not there'),
      ...testsIn('control/journal/export-lists.test.ts')(
        'every form of a list has the same filters, order and limit',
      ),
    ],
    'An id that the journal does not hold': lists(
      'a list of ids selects these requests, and nothing for an id that is not there',
    ),
  },
  Wait: {
    'The body is a filter with': [
      ...entries('a wait is for one request and for 4,000 ms by default'),
      ...wait('what to wait for is checked, and pointers say where'),
    ],
    'The wait ends as soon as': wait(
      'a wait is met by what is there already, whatever its time',
      'a wait is met as soon as there are enough',
    ),
    'It answers with those': wait('a wait counts on when the journal has dropped what it counted'),
    'After `timeoutMs` it is 408': wait('a wait whose time is up says what was seen instead: 408'),
    '`detail` says what was waited for': [
      ...paced('a wait whose time is up says in its message what came instead'),
      ...entries('a wait that is not met names the last three others, of its managing entity'),
    ],
    '`properties` of a 408': wait(
      'a wait whose time is up says what was seen instead: 408',
      'a wait whose time is up shows the last ten',
    ),
    'From the library': [
      ...wait('a wait whose time is up says what was seen instead: 408'),
      ...paced('a wait whose time is up says in its message what came instead'),
    ],
    'The wait ends when': wait(
      'waits end when the sandbox closes: 503',
      'a wait whose client is gone makes room',
    ),
    'The library takes an `AbortSignal`': wait(
      'at most 1,000 wait at a time; one that is given up makes room',
      'a wait that was given up before it began ends at once',
    ),
    'There can be 1,000 waits': wait(
      'at most 1,000 wait at a time; one that is given up makes room',
    ),
    'The journal is read piece by piece': paced(
      'attacks F3, 21: the journal is read a piece a turn, whoever asks: …',
    ),
    '`requests.find`, `count`': entries('find, count and clear of the library return at once'),
  },
}
