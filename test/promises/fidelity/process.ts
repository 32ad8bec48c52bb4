import { no, testsIn, type Promises } from '../promises.ts'

const cli = testsIn('cli/cli.test.ts')
const config = testsIn('cli/config.test.ts')
const environment = testsIn('cli/environment.test.ts')
const slowLog = testsIn('cli/slow-log.test.ts')
const brokenHttp = testsIn('http/broken-http.test.ts')
const host = testsIn('http/host.test.ts')
const shutdown = testsIn('http/shutdown.test.ts')
const unreadAnswers = testsIn('http/unread-answers.test.ts')
const ambiguities = testsIn('wink/switches/ambiguities.test.ts')
const switches = testsIn('wink/switches/switches.test.ts')
const webhookBytes = testsIn('wink/webhooks/webhook-bytes.test.ts')
const webhookCreate = testsIn('wink/webhooks/webhook-create.test.ts')
const webhookRules = testsIn('wink/webhooks/webhook-rules.test.ts')

/** Promises of docs/fidelity.md, The process (ours) and Switches. */
export const processPromises: Promises = {
  'The process (ours)': {
    'After SIGTERM or SIGINT the sandbox accepts': shutdown('no new connections'),
    'Requests in flight get their answers': [
      ...shutdown('a request that comes while the server closes is 503 (CONTRACT §4)'),
      ...cli('a request in flight gets its answer after SIGTERM'),
    ],
    'Each of these answers has `Connection: close`.': shutdown(
      'a request in flight gets its answer, and its connection is closed (CONTRACT §4)',
      'a request that comes while the server closes is 503 (CONTRACT §4)',
    ),
    'After `--shutdown-timeout` the sandbox ends': [
      ...shutdown('the limit ends what hangs'),
      ...cli('the limit ends what hangs, with exit code 0'),
    ],
    'The exit code is 0.': cli(
      'it prints its address, serves, logs JSON lines without tokens, and ends on SIGTERM',
      'SIGINT ends it too, and --log-level silent is silent',
    ),
    'A second signal ends the process immediately': cli('a second signal ends at once'),
    'A SIGINT within 100 ms of the first': cli(
      'Ctrl-C under npm, which comes twice, lets a request in flight finish',
    ),
    'A request that does not arrive within': brokenHttp(
      'a request that does not arrive in time is 408',
    ),
    'A connection on which nothing comes is closed': brokenHttp(
      'a connection on which nothing comes is closed without an answer',
    ),
    'A client that reads nothing of its answer': unreadAnswers(
      'the connection of a client that does not read its answer is ended',
    ),
    'A client that reads slowly does not.': unreadAnswers(
      'who reads on may take longer than the limit',
    ),
    'The time of a scripted delay does not count.': unreadAnswers(
      'the connection of a client that does not read its answer is ended > behind a delay that is longer',
      'an answer that is read is not cut off, however late it comes',
    ),
    '`Host` comes once and can be the host': host(
      'a request has one Host that can be the host of a URL (RFC 9112 §3.2)',
      'reports F9: a Host that no URL can have is refused (RFC 9110 §4.2.1)',
    ),
    'The variables `HOST` and `LOG_LEVEL` are': no('reason'),
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
    'The lines of a log that cannot be written': [
      ...testsIn('cli/log.test.ts')('a log that cannot be written is lost'),
      ...cli('a log or an output that nobody reads takes nothing down'),
    ],
    'The lines of a log whose reader is slow': slowLog(
      'a log whose reader is slow waits in memory up to 1 MiB; the rest is dropped',
    ),
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
  Switches: {
    "Wink's documentation leaves some questions open.": no('introduction'),
    'A setting, or the `switches` of the library': [
      ...switches('switches that change a webhook', 'switches that refuse or accept'),
      ...config('settings: a flag, then its variable, then the usual variable, then the default'),
    ],
    '`GET /__admin/ambiguities` answers this list': ambiguities(
      'GET /__admin/ambiguities lists every switch, without a token',
      'the list shows current values',
    ),
    'The generated list.': ambiguities('docs/fidelity.md is up to date; npm run docs writes it'),
  },
}
