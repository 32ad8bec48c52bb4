import { testsIn, type Promises } from '../promises.ts'

/** A function of the soak that shows a promise; `npm run soak` runs it. */
const soak = (file: string, name: string): string => `soak/${file}.js: ${name}`
/** Whether a reference names a function of the soak. */
export const isOfSoak = (reference: string): boolean => reference.startsWith('soak/')

const cli = testsIn('cli/cli.test.ts')
const heapLimit = testsIn('cli/heap-limit.test.ts')
const launch = testsIn('cli/launch.test.ts')
const log = testsIn('cli/log.test.ts')
const ownerless = testsIn('cli/launch-owners.test.ts')
const trust = testsIn('cli/launch-trust.test.ts')
const guards = testsIn('base/options.test.ts')
const clockBack = testsIn('control/clock/clock-back.test.ts')
const bodyMemory = testsIn('http/body-memory.test.ts')
const brokenHttp = testsIn('http/broken-http.test.ts')
const connections = testsIn('http/connections.test.ts')
const lateRequests = testsIn('http/late-requests.test.ts')
const manyConnections = testsIn('http/many-connections.test.ts')
const pipelining = testsIn('http/pipelining.test.ts')
const shutdown = testsIn('http/shutdown.test.ts')
const unreadAnswers = testsIn('http/unread-answers.test.ts')
const heap = testsIn('package/heap.test.ts')

const answers = testsIn('control/deliveries/answers.test.ts')
const hanging = testsIn('cli/deliveries.test.ts')(
  '1,000 deliveries to a receiver that hangs hold up neither creates nor the end',
)

const fullHeap = 'attacks F5: a heap of 64 MiB outlives valid creates of 1 MiB: …'
const setBack = 'a clock that is set back: what follows it, and what does not'
const failingClock = 'attacks F7: a clock that gives or throws …'
const failingLogger = 'attacks F7: a logger whose methods … hurts nobody'
const commands = testsIn('promises/robustness.test.ts')(
  'docs/robustness.md names the parts of the soak and its options',
)

/** The section of docs/robustness.md that has its table. */
export const title = 'Robustness: what the program does in bad circumstances'
/** Promises of that section. */
export const situationPromises: Promises = {
  [title]: {
    '`npm run soak` tries this': [soak('program', 'run')],
    'It takes some two minutes': commands,
    '`npm run soak -- --seconds 15': commands,
    'It prints its seed': commands,
    '`--only` runs one part': commands,
    '`--only fuzz --seed 7 --case 12` sends': [soak('fuzz', 'caseOf')],

    'invalid or hostile bytes | The answer': [
      ...brokenHttp('broken HTTP gets a problem, and the server goes on (CONTRACT §4)'),
      soak('fuzz', 'sent'),
      soak('clients', 'requireAsExpected'),
    ],
    'If the client has ended its half': [soak('fuzz', 'sent')],
    'Other clients are served': [soak('fuzz', 'checked')],

    'a head or a body that comes a byte': [
      ...brokenHttp('a request that does not arrive in time is 408'),
      ...lateRequests('a byte at a time is 408 within a second of the limit (docs/robustness.md)'),
      soak('slow', 'dripping'),
    ],
    'a body in chunks of one byte | It takes memory': [
      ...bodyMemory('attacks F1: a body costs its bytes, whatever its chunks are: …'),
      soak('costly', 'chunksOfOneByte'),
    ],
    'The journal keeps 16 KiB of it': testsIn('control/journal/journal-bodies.test.ts')(
      'a body in chunks of one byte is kept as one text',
      'the first 16 KiB of a body are kept, and its whole length',
    ),

    'an answer that is never read | The connection': [
      ...unreadAnswers('the connection of a client that does not read its answer is ended'),
      soak('slow', 'neverReading'),
    ],
    'A client that reads on may take longer.': unreadAnswers(
      'who reads on may take longer than the limit',
    ),
    'Of many long lists': testsIn('http/unread-answers.test.ts')(
      'of too many long answers, those that take longest are broken off',
    ),
    'The files of `/reference` and the OpenAPI': testsIn('docs/reference.test.ts')(
      'attacks 06: all clients are sent the same bytes, those that ask at once too',
    ),

    'very many connections | Connections beyond': [
      ...connections('a connection too many is closed at once; there is room again later'),
      ...manyConnections(
        'connections beyond the limit of open files are closed; the others are kept',
        '5,000 connections may be open by default',
      ),
    ],
    '2,000 heads that do not end': manyConnections(
      '2,000 heads that do not end take some 20 MB, and others are served',
    ),

    'many requests at the same time': pipelining(
      'a request sees what those before it on its connection did (RFC 9112 §9.3.2)',
    ),
    'A connection on which more than 1,000': pipelining(
      'a connection on which more than 1,000 requests wait is closed',
    ),
    'Requests that still wait when': pipelining(
      'what comes behind a broken answer is not carried out',
      'nor what comes behind the last request of a connection (RFC 9112 §9.6)',
    ),

    'SIGTERM amid requests | Every request': [
      ...cli('a request in flight gets its answer after SIGTERM'),
      ...shutdown('a request that comes while the server closes is 503 (CONTRACT §4)'),
      soak('shutdown', 'judged'),
    ],
    'New connections are refused.': shutdown('no new connections'),
    'The last line of the log has `webhooks`': [
      ...cli('it prints its address, serves, logs JSON lines without tokens, and ends on SIGTERM'),
      soak('shutdown', 'judged'),
    ],
    'The exit code is 0': [
      ...cli('it prints its address, serves, logs JSON lines without tokens, and ends on SIGTERM'),
      soak('shutdown', 'round'),
    ],
    'connections that the system had opened': [soak('shutdown', 'judged')],
    'Nothing is stored for them': [soak('shutdown', 'judged')],

    'the log is a closed pipe, or its disk is full | Its lines': [
      ...log('a log that cannot be written is lost'),
      soak('environment', 'fullDisk'),
    ],
    'Requests are served, and the exit code is 0': [
      ...cli('a log or an output that nobody reads takes nothing down'),
      soak('environment', 'closedLog'),
      soak('environment', 'fullDisk'),
    ],
    'port in use | One line': [
      ...cli('what stops the start is one line on stderr > is in use'),
      soak('environment', 'portTaken'),
    ],
    'read-only file system | No difference': [soak('environment', 'readOnly')],
    'It would only keep its compiled code': launch(
      'it keeps what is compiled of it, and makes anew what is damaged',
      'attacks F6: whatever is in its way, it serves and says nothing > a folder that cannot be written',
    ),
    'the file of compiled code (`dist/compiled/`)': launch(
      'it keeps what is compiled of it, and makes anew what is damaged',
    ),
    'The program compiles anew and replaces': launch(
      'it keeps what is compiled of it, and makes anew what is damaged',
    ),
    'another user may have written': trust(
      'attacks F6: it runs no code that another user may have written',
    ),
    'It reads the file only if': trust(
      'attacks F6: it runs no code that another user may have written > a symbolic link to a file',
      'attacks F6: it runs no code that another user may have written > a folder that its group may write',
    ),
    'Windows does not show owners': ownerless(
      'where files have no owners, as on Windows, no compiled code is kept',
    ),
    'the file of compiled code cannot be written': launch(
      'attacks F6: whatever is in its way, it serves and says nothing',
      'attacks F6: a disk that is full leaves no half of a file behind',
    ),

    'heap of 64 MiB': heapLimit(
      'a heap of 64 MiB has room for a twelfth of its limit (docs/robustness.md)',
    ),
    'That is at least 20,000 webhooks': heapLimit(
      'a heap of 64 MiB has room for a twelfth of its limit (docs/robustness.md) > at least 20,000',
    ),
    'One more is 503, and other': [
      ...heap(fullHeap),
      soak('costly', 'createsUntilFull'),
      soak('environment', 'heapOf64MiB'),
    ],

    'a clock, ids or a logger that fail': guards(
      failingClock,
      'attacks F7: ids that give or throw …',
    ),
    'The journal then takes the time': guards(`${failingClock} > the machine's time`),
    'A line that the logger does not take': guards(failingLogger),
    'Nothing hangs, and nothing ends': guards(
      failingLogger,
      'attacks F7: broken requests and connection faults, while the clock fails',
      'attacks F7: where the clock fails, what does not need it is served',
    ),

    'clock set back': [...clockBack(setBack), soak('clock', 'clockBackwards')],
    '`version`, the order of lists': [
      ...clockBack(setBack, 'a timeout does not follow the clock'),
      soak('clock', 'requireSane'),
    ],
    'A token is 401 until its `nbf`': [
      ...clockBack(`${setBack} > valid again then`),
      soak('clock', 'clockBackwards'),
    ],
    'a receiver of events that hangs': [
      ...answers(
        'a receiver that hangs: the attempt ends at its deadline',
        'a receiver that drips bytes does not move the deadline',
        'broken answers are named',
      ),
      soak('deliveries', 'deliverToAll'),
    ],
    "16 KiB of an answer's body": [
      ...answers('of an endless answer 16 KiB are read, and the connection ends'),
      soak('deliveries', 'flood'),
    ],
    'At most 100 deliveries are under way': [...hanging, soak('deliveries', 'deliveries')],
    'SIGTERM while events are delivered': hanging,
    'The program does not wait for receivers': [...hanging, soak('deliveries', 'deliveries')],

    'memory after much use': [soak('clients', 'requireMemoryBack')],
  },
}
