import { readdirSync, readFileSync, rmSync, statSync, symlinkSync, watch } from 'node:fs'
import { join } from 'node:path'
import { once } from 'node:events'
import t, { type Test } from 'tap'
import { DataError, startSandbox, StateFileError, type SandboxData } from '../../../src/index.ts'
import { createRequest, seeded, webhookData } from '../../fixtures/requests.ts'
import { listening } from '../../fixtures/wire.ts'
import { pino } from 'pino'

/** An empty folder, and a state file in it that does not exist yet. */
function files(t: Test): { folder: string; file: string } {
  const folder = t.testdir({})
  return { folder, file: join(folder, 'state.json') }
}

const contentOf = (file: string): SandboxData =>
  JSON.parse(readFileSync(file, 'utf8')) as SandboxData

t.test('a sandbox begins with the state that the one before it left', async (t) => {
  const { folder, file } = files(t)
  const clients = [{ id: 'a', secret: 'b' }]
  const managingEntities = [{ identifier: seeded.ownerIdentifier, name: 'Siam' }]
  const first = await listening(t, { stateFile: file, data: { clients, managingEntities } })
  const tenant = first.tenants.create({ name: 'Kept' })
  await first.app.inject(createRequest())
  const state = first.state.export()
  await first.close()
  t.strictSame(contentOf(file), state)
  t.equal(statSync(file).mode & 0o777, 0o600, 'only its owner may read it: it holds secrets')
  t.strictSame(readdirSync(folder), ['state.json'], 'nothing else is left')

  const second = await listening(t, { stateFile: file, data: { webhooks: [webhookData] } })
  t.strictSame(second.state.export(), state, 'the file counts in place of the data')
  t.ok(second.state.export().managingEntities?.some(({ name }) => name === tenant.name))
  second.reset()
  t.strictSame(
    second.webhooks.list().map(({ id }) => id),
    [webhookData.id],
    'a reset returns to the data',
  )
  await second.close()
  t.strictSame(
    contentOf(file).webhooks?.map(({ id }) => id),
    [webhookData.id],
  )
})

t.test('a change is written while the sandbox runs', async (t) => {
  const { folder, file } = files(t)
  const sandbox = await listening(t, { stateFile: file })
  t.strictSame(contentOf(file), { webhooks: [] }, 'the file exists from the start')
  const watcher = watch(folder)
  t.teardown(() => {
    watcher.close()
  })
  sandbox.state.import({ webhooks: [seeded] })
  while (contentOf(file).webhooks?.length !== 1) await once(watcher, 'change')
  t.strictSame(contentOf(file), { webhooks: [seeded] })
})

t.test('every kind of change is written', async (t) => {
  const { file } = files(t)
  const changes: Record<string, (sandbox: Awaited<ReturnType<typeof listening>>) => unknown> = {
    create: ({ app }) => app.inject(createRequest()),
    update: ({ app }) => app.inject(createRequest({ method: 'PATCH', url: pathOf(seeded.id) })),
    delete: ({ app }) =>
      app.inject({ ...createRequest(), method: 'DELETE', url: pathOf(seeded.id) }),
    import: ({ state }) => {
      state.import({ tokens: [] })
    },
    tenant: (sandbox) => sandbox.tenant(),
    reset: (sandbox) => {
      sandbox.state.import({ webhooks: [] })
      sandbox.reset({ only: ['webhooks'] })
    },
  }
  for (const [name, change] of Object.entries(changes)) {
    rmSync(file, { force: true })
    const data = {
      clients: [],
      managingEntities: [{ identifier: seeded.ownerIdentifier, name: 'S' }],
      webhooks: [seeded],
    }
    const sandbox = await listening(t, { stateFile: file, data })
    await change(sandbox)
    const state = sandbox.state.export()
    await sandbox.close()
    t.strictSame(contentOf(file), state, name)
  }
})

const pathOf = (id: string): string =>
  `/api/managing-entity/${seeded.ownerIdentifier}/webhook/${id}`

t.test('a broken file stops the start and stays as it is', async (t) => {
  const cases: Record<string, [text: string, says: string]> = {
    'half a file': ['{"webhooks":[', 'is not JSON; it breaks at line 1, column 14: expected'],
    'an empty file': ['', 'is not JSON; it breaks at line 1, column 1: expected a value'],
    'another document': ['{"tokens":[{}]}', '#/tokens/0/token must be present'],
    'too much': [
      JSON.stringify({ webhooks: [seeded, webhookData] }),
      '#/webhooks must have at most 1 items',
    ],
  }
  for (const [name, [text, says]] of Object.entries(cases)) {
    const folder = t.testdir({ 'state.json': text })
    const file = join(folder, 'state.json')
    const error = await t.rejects(listening(t, { stateFile: file, maxWebhooks: 1 }), StateFileError)
    t.match((error as unknown as Error).message, new RegExp(`^${file}: ${says}`), name)
    t.equal(readFileSync(file, 'utf8'), text, `${name}: unchanged`)
    t.strictSame(readdirSync(folder), ['state.json'], name)
  }
})

t.test('a file that cannot be used stops the start', async (t) => {
  const { folder } = files(t)
  await t.rejects(listening(t, { stateFile: folder }), {
    name: 'StateFileError',
    message: `${folder}: cannot be read (EISDIR)`,
  })
  const lost = join(folder, 'none', 'state.json')
  await t.rejects(listening(t, { stateFile: lost }), {
    name: 'StateFileError',
    message: `${lost}: cannot be written (ENOENT)`,
  })
  await t.rejects(listening(t, { stateFile: '' }), RangeError)
  await t.rejects(
    listening(t, { stateFile: lost, data: { tokens: [{}] } as SandboxData }),
    DataError,
  )
})

t.test('an error that is not of the file is not blamed on it', async (t) => {
  const { id, ...withoutId } = seeded
  const folder = t.testdir({ 'state.json': JSON.stringify({ webhooks: [seeded, withoutId] }) })
  const options = { stateFile: join(folder, 'state.json'), ids: () => id }
  await t.rejects(listening(t, options), {
    name: 'RangeError',
    message: /^ids: gives ids that are taken/,
  })
})

t.test('a symbolic link goes on leading to the file', async (t) => {
  const { folder, file } = files(t)
  const link = join(folder, 'link.json')
  await (await listening(t, { stateFile: file })).close()
  symlinkSync(file, link)
  const sandbox = await listening(t, { stateFile: link })
  sandbox.state.import({ tokens: [] })
  await sandbox.close()
  t.strictSame(contentOf(file), { tokens: [], webhooks: [] })
  t.strictSame(readFileSync(link), readFileSync(file))
  t.strictSame(readdirSync(folder).sort(), ['link.json', 'state.json'])
})

t.test('what a killed process left unfinished is removed, and nothing else', async (t) => {
  const unfinished = 'state.json.7f3c1d9a-52be-4c07-9a61-0d8e4b2f6c35.tmp'
  const others = [
    'state.json.tmp',
    'other.json.7f3c1d9a-52be-4c07-9a61-0d8e4b2f6c35.tmp',
    'state.json.bak',
  ]
  const folder = t.testdir(Object.fromEntries([unfinished, ...others].map((name) => [name, '{'])))
  await (await listening(t, { stateFile: join(folder, 'state.json') })).close()
  t.strictSame(readdirSync(folder).sort(), [...others, 'state.json'].sort())
})

t.test('a write that fails says so, and `close` too', async (t) => {
  const { folder, file } = files(t)
  let resolve: (line: string) => void = () => undefined
  const logged = new Promise<string>((done) => (resolve = done))
  const logger = pino(
    { level: 'error' },
    {
      write: (line) => {
        resolve(line)
      },
    },
  )
  const sandbox = await startSandbox({ stateFile: file, logger })
  rmSync(folder, { recursive: true })
  sandbox.state.import({ tokens: [] })
  t.match(JSON.parse(await logged), { err: { message: `${file}: cannot be written (ENOENT)` } })
  await t.rejects(sandbox.close(), StateFileError)
  await t.rejects(fetch(sandbox.url), 'it is closed all the same')
})
