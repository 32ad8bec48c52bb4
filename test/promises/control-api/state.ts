import { testsIn, type Promises } from '../promises.ts'

const atomic = testsIn('control/state/state-atomic.test.ts')
const clock = testsIn('control/clock/clock.test.ts')
const input = testsIn('control/input.test.ts')
const more = testsIn('control/state/state-promises.test.ts')
const reset = testsIn('control/reset/reset.test.ts')
const revocation = testsIn('wink/oauth/revocation.test.ts')
const seed = testsIn('control/seed.test.ts')
const state = testsIn('control/state/state.test.ts')
const given = testsIn('control/settings/settings.test.ts')
const narrowed = testsIn('control/tenants/tenant-sandbox.test.ts')
const tenants = testsIn('control/tenants/tenants.test.ts')

const shownSettings = given(
  'GET /__admin/settings of the program lists all that docs/settings.md has',
)
const added = more('a tenant is added to what is configured: …')
const parts = reset('POST /__admin/reset goes back to the start, in whole or in part')
const steps = clock('POST /__admin/clock/advance: a clock moves forward, frozen or not')
const settings = clock('GET and PUT /__admin/clock: system, frozen, offset; timestamps follow')

/** Tests of `docs/control-api.md`, from its section on webhooks on. */
export const statePromises: Promises = {
  Webhooks: {
    '`GET /__admin/webhooks` lists': [
      ...state('GET /__admin/webhooks shows what is stored, of all or of one entity'),
      ...more('webhooks are listed one managing entity after another, in their order'),
    ],
  },
  Reset: {
    '`POST /__admin/reset` goes back': parts,
    'The webhooks, managing entities': [
      ...reset(
        'a whole reset brings managing entities and tokens of the start back',
        'webhooks of the start come back as they were',
      ),
      ...more('a reset brings the clients of the start back'),
      ...revocation('a whole reset and an import forget revocations'),
    ],
    'There are no faults': [
      ...parts,
      ...testsIn('control/faults/reset-held.test.ts')(
        'attacks 17: all places are free again behind a reset',
      ),
    ],
    '`?only=webhooks': parts,
    '`?managingEntityIdentifier=': parts,
    'The clock stays': [
      ...input('contradictions: the clock is no managing entity’s own'),
      ...more('a reset does not change a clock that it leaves out'),
    ],
    'Each of the two': [...parts, ...input('contradictions: a reset is told in one place')],
  },
  State: {
    '`GET` and `PUT /__admin/state`': state(
      'state goes out and comes in again in the form of a data file',
      'a body over the limit is 413, which says the limit of the operation',
      'a state larger than the body of a request is imported',
    ),
    'A body that would take': testsIn('cli/heap-limit.test.ts')(
      'a heap of 64 MiB outlives states of 4 MB',
    ),
    'Tokens and the secrets': state('state goes out and comes in again in the form of a data file'),
    'An import replaces': [
      ...more('an import leaves faults, requests and the clock alone'),
      ...state('state goes out and comes in again in the form of a data file'),
      ...revocation('a whole reset and an import forget revocations'),
    ],
    '`{}` empties them': state('an import without a body is refused, and one of {} empties'),
    'A refused import': [
      ...state('a bad document changes nothing'),
      ...atomic(
        'attacks F8: where the ids throw half-way, an import changes nothing',
        'attacks F8: where the clock throws, an import changes nothing',
        'attacks F8: a refused import uses up no ids of the seed > maxWebhookBytes',
      ),
    ],
    'Every export can be imported': atomic(
      'attacks 25: what is exported can be imported, whatever the paths were',
      'attacks 26: what an update makes of the last version is a 409',
    ),
  },
  Tenants: {
    '`deliverTo` is where': testsIn('control/deliveries/schedule.test.ts')(
      'the receiver is that of the trigger, then of the tenant, then of the sandbox',
    ),
    '`POST /__admin/tenants` makes': [
      ...tenants('POST /__admin/tenants', '20 tenants in parallel never meet'),
      ...testsIn('http/hostile.test.ts')(
        'a tenant is one that nobody has used, whatever was imported',
      ),
      ...testsIn('wink/oauth/issued-tokens.test.ts')('each tenant has its own client'),
    ],
    'The body is': tenants('POST /__admin/tenants'),
    'If managing entities': added,
    'The same goes': added,
    'A whole reset removes': [
      ...added,
      ...tenants('where tokens and entities are configured, a tenant is one more of each'),
    ],
    'An added token or client': added,
    'Without configured': added,
    '`baseUrl` is': [
      ...tenants('from the library, the base URL is that of the sandbox'),
      ...testsIn('docs/public-url.test.ts')(
        'addresses are those of Host, or of publicUrl (CONTRACT §5; RFC 8414 §3.3)',
      ),
    ],
    '`tenant(input)` of the library': [
      ...narrowed('everything of a tenant is narrowed to it'),
      ...testsIn('client/one-suite.test.ts')('a tenant has its own part of the sandbox'),
    ],
    'It has the members': narrowed('a tenant of the library has what POST /__admin/tenants gives'),
    'Rules, events and filters get': narrowed(
      'everything of a tenant is narrowed to it',
      'events and deliveries of a tenant are narrowed to it',
      'a tenant refuses a rule or a filter that names a managing entity',
    ),
    '`get`, `remove` and `redeliver`': narrowed(
      'get and remove of a tenant take the id of any',
      'events and deliveries of a tenant are narrowed to it',
    ),
    'Requests below `/oauth2`': narrowed('requests for tokens belong to no tenant'),
  },
  Clock: {
    '`{ "mode": "system" }`': [
      ...settings,
      ...clock('the system clock goes on, offset or not; a frozen one stands'),
    ],
    '`{ "mode": "frozen"': [
      ...settings,
      ...clock('the system clock goes on, offset or not; a frozen one stands'),
    ],
    '`{ "mode": "offset"': [
      ...settings,
      ...input('contradictions: a clock is offset by 1,000 calendar years, and no more'),
    ],
    '`POST /__admin/clock/advance` with': steps,
    'A frozen clock then': steps,
    'Any other clock goes on': steps,
    'A step that': clock(
      'a step that makes no sense is refused with its pointer, and the clock stays',
    ),
    'The answer is': [...settings, ...steps],
    'Timestamps of webhooks': [
      ...settings,
      ...clock('a token expires by the clock (CONTRACT §5)'),
      ...testsIn('wink/oauth/issued-tokens.test.ts')(
        'the validity of an issued token follows the clock of the sandbox (RFC 7519 §4.1.4, §4.1.5)',
      ),
    ],
    'Delays, timeouts and durations': [
      ...testsIn('control/faults/fault-promises.test.ts')(
        'delays add up, and do not follow the clock of the sandbox',
      ),
      ...testsIn('control/journal/journal-entries.test.ts')(
        'a wait does not follow the clock of the sandbox',
      ),
    ],
  },
  Settings: {
    '`GET /__admin/settings` lists': shownSettings,
    '`value` has': [...shownSettings, ...given('… is shown as …')],
    '`origin` is': [...shownSettings, ...given('… is shown as …')],
    '`default`: none': shownSettings,
    'The value of `port`': [
      ...shownSettings,
      ...given('a sandbox of the library has the settings of its options'),
    ],
    '`set` stands for': [...shownSettings, ...given('… is shown as …')],
    'In a text': shownSettings,
    'Files are shown': given(
      'a state file is shown by its path, and no setting can be changed',
      '… is shown as …',
    ),
    'Only the program has': given('a sandbox of the library has the settings of its options'),
  },
  'Repeatable runs': {
    'With `--seed`': [
      ...seed('a seed makes ids and chance the same in every run'),
      ...more('with a seed, ids of requests, faults, tenants and issued tokens are valid v4 UUIDs'),
      ...testsIn('wink/oauth/token-keys.test.ts')('the same seed gives the same tokens'),
      ...testsIn('control/faults/fault-promises.test.ts')(
        'a random delay is between its bounds, and the same in every run with a seed',
      ),
    ],
    'A reset of all webhooks': seed(
      'a reset begins the ids of webhooks again, behind those of the start',
    ),
  },
}
