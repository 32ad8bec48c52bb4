import t from 'tap'
import type { SandboxOptions, SandboxSetting } from '../../../src/index.ts'
import { greeting, runCovered } from '../../fixtures/program.ts'
import { projectText } from '../../fixtures/project.ts'
import { sandbox } from '../../fixtures/sandbox.ts'
import { selfSigned } from '../../fixtures/self-signed.ts'
import { listening } from '../../fixtures/wire.ts'

const [documentedSettings = ''] = projectText('docs/settings.md').split('<!-- end of settings -->')
/** The settings that docs/settings.md lists, with their headings. */
const documented = documentedSettings.split(/^## /m).flatMap((section) =>
  [...section.matchAll(/^\| `(--[\w-]+)`(?:, `-p`)? +\| `(\w+)`/gm)].map(
    ([, flag, environment]) => ({
      group: section.slice(0, section.indexOf('\n')),
      flag,
      environment,
    }),
  ),
)

/** Value and origin by flag. */
const byFlag = (settings: readonly SandboxSetting[]) =>
  Object.fromEntries(settings.map(({ flag, value, origin }) => [flag, [value, origin]]))

t.test('GET /__admin/settings of the program lists all that docs/settings.md has', async (t) => {
  const adminToken = 's3cr3t-admin'
  const dataJson = '{"tokens":[{"token":"s3cr3t-token"}]}'
  const flags = ['--port', '0', '--max-webhooks', '500', '--admin-token', adminToken]
  const variables = {
    WINK_MOCK_DATA_JSON: dataJson,
    WINK_MOCK_TIMESTAMPS: 'local',
    WINK_MOCK_RETRY_DELAYS: 'none',
    WINK_MOCK_DELIVER_TO: 'http://receiver.example/token=s3cr3t-word',
    WINK_MOCK_CORS_ORIGIN: 'https://a.example,https://b.example',
    LOG_LEVEL: 'WARNING',
    HOST: 'localhost',
  }
  const { url } = await greeting(runCovered(t, flags, variables))
  const headers = { authorization: `Bearer ${adminToken}` }
  const text = await (await fetch(`${url}/__admin/settings`, { headers })).text()
  t.notMatch(text, 's3cr3t')
  const { settings } = JSON.parse(text) as { settings: SandboxSetting[] }
  t.strictSame(
    settings.map(({ group, flag, environment }) => ({ group, flag, environment })),
    documented,
  )
  t.match(byFlag(settings), {
    '--port': [Number(new URL(url).port), '--port'],
    '--host': ['localhost', 'HOST'],
    '--public-url': [null, 'default'],
    '--log-level': ['warn', 'LOG_LEVEL'],
    '--max-webhooks': [500, '--max-webhooks'],
    '--max-journal-entries': [1_000, 'default'],
    '--request-timeout': [30, 'default'],
    '--admin-token': ['set', '--admin-token'],
    '--data': [null, 'default'],
    '--data-json': ['set', 'WINK_MOCK_DATA_JSON'],
    '--cors-origin': [['https://a.example', 'https://b.example'], 'WINK_MOCK_CORS_ORIGIN'],
    '--deliver-to': ['http://receiver.example/token=[masked]', 'WINK_MOCK_DELIVER_TO'],
    '--retry-delays': ['none', 'WINK_MOCK_RETRY_DELAYS'],
    '--timestamps': ['local', 'WINK_MOCK_TIMESTAMPS'],
    '--first-version': [1, 'default'],
  })
})

/** Options of the library with the setting that each stands for. */
const options: { given: SandboxOptions; flag: string; value: unknown; origin: string }[] = [
  { given: { host: '127.0.0.1' }, flag: '--host', value: '127.0.0.1', origin: 'host' },
  { given: { maxWebhooks: 7 }, flag: '--max-webhooks', value: 7, origin: 'maxWebhooks' },
  {
    given: { tokenLifetimeSeconds: 60 },
    flag: '--token-lifetime',
    value: 60,
    origin: 'tokenLifetimeSeconds',
  },
  {
    given: { requestTimeoutMs: 1_500 },
    flag: '--request-timeout',
    value: 1.5,
    origin: 'requestTimeoutMs',
  },
  {
    given: { shutdownTimeoutMs: 0 },
    flag: '--shutdown-timeout',
    value: 0,
    origin: 'shutdownTimeoutMs',
  },
  {
    given: { deliveryTimeoutMs: 250 },
    flag: '--delivery-timeout',
    value: 0.25,
    origin: 'deliveryTimeoutMs',
  },
  {
    given: { retryDelaysMs: [1, 20] },
    flag: '--retry-delays',
    value: '1,20',
    origin: 'retryDelaysMs',
  },
  { given: { retryDelaysMs: [] }, flag: '--retry-delays', value: 'none', origin: 'retryDelaysMs' },
  {
    given: { corsOrigins: ['https://a.example'] },
    flag: '--cors-origin',
    value: ['https://a.example'],
    origin: 'corsOrigins',
  },
  {
    given: { switches: { firstVersion: 0 } },
    flag: '--first-version',
    value: 0,
    origin: 'switches.firstVersion',
  },
  { given: { adminToken: 's3cr3t' }, flag: '--admin-token', value: 'set', origin: 'adminToken' },
  { given: { data: { webhooks: [] } }, flag: '--data', value: 'set', origin: 'data' },
  { given: { tls: selfSigned }, flag: '--tls-key', value: 'set', origin: 'tls' },
  { given: { tls: selfSigned }, flag: '--tls-cert', value: 'set', origin: 'tls' },
  { given: { seed: undefined }, flag: '--seed', value: null, origin: 'default' },
]

for (const { given, flag, value, origin } of options) {
  t.test(`${JSON.stringify(given).slice(0, 40)} is shown as ${flag}`, async (t) => {
    const { settings } = await listening(t, given)
    const others = await listening(t)
    const own = byFlag(settings.list())
    t.strictSame(own[flag], [value, origin])
    const changed = Object.keys(own).filter((name) => own[name]?.[1] !== 'default')
    t.ok(changed.every((name) => own[name]?.[1] === origin))
    t.equal(byFlag(others.settings.list())[flag]?.[1], 'default')
  })
}

t.test('a sandbox of the library has the settings of its options', async (t) => {
  const { settings, url } = await listening(t)
  const names = settings.list().map(({ name }) => name)
  const ofProgram = ['--port-file', '--log-level', '--log-format', '--data-json']
  t.strictSame(
    settings.list().map(({ flag }) => flag),
    documented.map(({ flag }) => flag).filter((flag) => !ofProgram.includes(String(flag))),
  )
  t.strictSame(byFlag(settings.list())['--port'], [Number(new URL(url).port), 'default'])

  const { app } = sandbox(t, { seed: 5 })
  t.strictSame(
    app.control.settings.list().map(({ name }) => name),
    names.filter((name) => !['port', 'host', 'stateFile', 'shutdownTimeout'].includes(name)),
  )
  t.strictSame(byFlag(app.control.settings.list())['--seed'], [5, 'seed'])
})

t.test('what the options become later does not change the settings', async (t) => {
  const retryDelaysMs = [1]
  const switches: SandboxOptions['switches'] = { timestamps: 'local' }
  const { settings } = await listening(t, { retryDelaysMs, switches })
  const before = settings.list()
  retryDelaysMs.push(2)
  Object.assign(switches, { timestamps: 'utc' })
  t.strictSame(settings.list(), before)
})

t.test('a state file is shown by its path, and no setting can be changed', async (t) => {
  const stateFile = `${t.testdir()}/state.json`
  const { settings, url } = await listening(t, { stateFile })
  t.strictSame(byFlag(settings.list())['--state-file'], [stateFile, 'stateFile'])
  const response = await fetch(`${url}/__admin/settings`, { method: 'PUT', body: '{}' })
  t.equal(response.status, 405)
  t.equal(response.headers.get('allow'), 'GET, HEAD')
})
