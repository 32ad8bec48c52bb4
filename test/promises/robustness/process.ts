import { no, testsIn, type Promises } from '../promises.ts'

const cli = testsIn('cli/cli.test.ts')
const config = testsIn('cli/config.test.ts')
const environment = testsIn('cli/environment.test.ts')
const stateFile = testsIn('cli/state-file.test.ts')
const stateFiles = testsIn('control/state/state-file.test.ts')
const slowLog = testsIn('cli/slow-log.test.ts')
const brokenHttp = testsIn('http/broken-http.test.ts')
const shutdown = testsIn('http/shutdown.test.ts')
const unreadAnswers = testsIn('http/unread-answers.test.ts')
const webhookBytes = testsIn('wink/webhooks/webhook-bytes.test.ts')
const webhookCreate = testsIn('wink/webhooks/webhook-create.test.ts')
const webhookRules = testsIn('wink/webhooks/webhook-rules.test.ts')

/** Promises of docs/robustness.md, the sections behind its table. */
export const processPromises: Promises = {
  'State file': {
    'SIGKILL, at any moment, leaves': stateFile(
      'SIGKILL while the state is written leaves a whole file',
    ),
    'At its next start it removes': stateFiles(
      'what a killed process left unfinished is removed, and nothing else',
    ),
    'A change is written within': stateFiles('a change is written while the sandbox runs'),
    'SIGKILL loses what came later.': no('limit'),
    'A state file that cannot be read': [
      ...stateFile('a state file that cannot be used is one line on stderr'),
      ...stateFiles('a file that cannot be used stops the start'),
    ],
    'The program does not change it.': stateFiles(
      'a broken file stops the start and stays as it is',
    ),
    'A state that cannot be written while': stateFiles(
      'a write that fails says so, and `close` too',
    ),
    'At the end it is a line on stderr': stateFile(
      'a state that cannot be written at the end is said, with exit code 1',
    ),
  },
  Stop: {
    'SIGINT has the effect of SIGTERM.': cli(
      'SIGINT ends it too, and --log-level silent is silent',
    ),
    'Answers that are sent after the signal': shutdown(
      'a request in flight gets its answer, and its connection is closed (CONTRACT §4)',
      'a request that comes while the server closes is 503 (CONTRACT §4)',
    ),
    'After `--shutdown-timeout` the sandbox ends': [
      ...shutdown('the limit ends what hangs'),
      ...cli('the limit ends what hangs, with exit code 0'),
    ],
    'A second signal ends the process immediately': cli('a second signal ends at once'),
    'A SIGINT within 100 ms of the first': cli(
      'Ctrl-C under npm, which comes twice, lets a request in flight finish',
    ),
  },
  Connections: {
    'A connection on which nothing comes is closed': brokenHttp(
      'a connection on which nothing comes is closed without an answer',
    ),
    'The time of a scripted delay does not count': unreadAnswers(
      'the connection of a client that does not read its answer is ended > behind a delay that is longer',
      'an answer that is read is not cut off, however late it comes',
    ),
  },
  'Environment variables of other programs': {
    '`HOST` and `LOG_LEVEL` are often set': no('reason'),
    'A `HOST` on which nothing can listen': [
      ...cli(
        'reports D1: a HOST on which nothing can listen is a warning, and the default is used',
      ),
      ...environment(
        'reports D2: levels in any case, and as others call them; LOG_LEVEL never stops the start',
      ),
    ],
    'A wrong value of `PORT`': config('what a setting does not take is one clear line'),
    'An address such as `tcp://10.96.0.1:4010`': environment(
      'reports F3: what Kubernetes and Docker write about a service of that name is no port',
    ),
  },
  'Slow log': {
    'The lines of a log whose reader is slow': slowLog(
      'a log whose reader is slow waits in memory up to 1 MiB; the rest is dropped',
    ),
  },
  'Full store': {
    'A full store stays full': webhookRules(
      'a full store removes nothing to make room (CONTRACT §1 step 9)',
    ),
    'The store is full by the number': webhookBytes(
      'attacks F5: the bytes of stored webhooks are limited',
    ),
    'A create or an update that does not fit': [
      ...webhookCreate('a full store (CONTRACT §1 step 9)'),
      ...webhookBytes(
        'attacks F5: an update counts with what it adds, and makes room with what it drops',
      ),
    ],
    'An import that does not fit is refused whole.': webhookBytes(
      'attacks F5: an import over the limit changes nothing',
    ),
  },
}
