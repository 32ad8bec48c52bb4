import t from 'tap'
import { buildApp, type SandboxData } from '../../../src/index.ts'
import { entity, otherEntity, validBody, webhooksOf } from '../../fixtures/requests.ts'
import { fastifyOf, sandbox } from '../../fixtures/sandbox.ts'
import { basic, issuedToken, partOf } from '../../fixtures/tokens.ts'

const bodyOf = (identifier: string, name = 'One') => ({
  ...validBody,
  name,
  entity: { identifier, name: 'Siam' },
})

t.test('webhooks are listed one managing entity after another, in their order', async (t) => {
  const { app, create } = sandbox(t)
  const stored = [entity, otherEntity, entity, otherEntity]
  for (const [index, identifier] of stored.entries()) {
    await create({ url: webhooksOf(identifier), payload: bodyOf(identifier, `${index}`) })
  }
  const names = app.control.webhooks.list().map(({ name }) => name)
  t.strictSame(names, ['0', '2', '1', '3'])
})

t.test('a reset does not change a clock that it leaves out', async (t) => {
  const { app } = sandbox(t)
  app.control.clock.set({ mode: 'offset', offsetMs: 1 })
  app.control.reset({ managingEntityIdentifier: entity })
  app.control.reset({ only: ['webhooks', 'faults', 'requests'] })
  t.equal(app.control.clock.read().mode, 'offset')
  await app.inject({ method: 'POST', url: '/__admin/reset' })
  t.equal(app.control.clock.read().mode, 'system')
})

t.test('a reset brings the clients of the start back', (t) => {
  const clients = [{ id: 'my-client', secret: 'my-secret' }]
  const { app } = sandbox(t, { data: { clients } })
  app.control.state.import({ clients: [] })
  app.control.reset()
  t.strictSame(app.control.state.export().clients, clients)
  t.end()
})

t.test('an import leaves faults, requests and the clock alone', async (t) => {
  const { app, create } = sandbox(t)
  await create()
  app.control.faults.arm({ effect: { status: 503 } })
  app.control.clock.set({ mode: 'offset', offsetMs: 1 })
  app.control.state.import({})
  t.equal(app.control.webhooks.list().length, 0)
  t.equal(app.control.faults.list().length, 1)
  t.equal(app.control.requests.count(), 1)
  t.equal(app.control.clock.read().mode, 'offset')
})

const configured: { name: string; data: SandboxData; added: string[]; statuses: number[] }[] = [
  { name: 'nothing', data: {}, added: [], statuses: [201, 201, 201, 201] },
  {
    name: 'managing entities',
    data: { managingEntities: [{ identifier: entity, name: 'Siam' }] },
    added: ['managingEntities'],
    statuses: [201, 201, 201, 201],
  },
  {
    name: 'tokens',
    data: { tokens: [{ token: 'some-token' }] },
    added: ['tokens'],
    statuses: [201, 403, 201, 201],
  },
  {
    name: 'clients',
    data: { clients: [{ id: 'my-client', secret: 'my-secret' }] },
    added: ['clients'],
    statuses: [201, 201, 201, 403],
  },
]

for (const { name, data, added, statuses } of configured) {
  t.test(`a tenant is added to what is configured: ${name}`, async (t) => {
    const { app, create } = sandbox(t, { data })
    const {
      managingEntityIdentifier: own,
      token,
      clientId,
      clientSecret,
    } = app.control.tenants.create()
    const state: Record<string, unknown> = { ...app.control.state.export() }
    for (const list of ['managingEntities', 'tokens', 'clients']) {
      const count = (state[list] as unknown[] | undefined)?.length
      t.equal(count, added.includes(list) ? 2 : undefined, list)
    }
    const issued = await issuedToken(app, {}, basic(clientId, clientSecret))
    const seen: number[] = []
    for (const bearer of [token, issued]) {
      for (const identifier of [own, entity]) {
        const headers = { authorization: `Bearer ${bearer}` }
        const request = { url: webhooksOf(identifier), headers, payload: bodyOf(identifier) }
        seen.push((await create(request)).statusCode)
      }
    }
    t.strictSame(seen, statuses, 'its own entity and another one; by its token and its client')
    app.control.reset()
    t.match(app.control.state.export(), data)
    const left: Record<string, unknown> = { ...app.control.state.export() }
    for (const list of added) t.equal((left[list] as unknown[]).length, 1, 'a reset removes it')
  })
}

t.test(
  'with a seed, ids of requests, faults, tenants and issued tokens are valid v4 UUIDs',
  async (t) => {
    const idsOf = async (seed: number): Promise<string[]> => {
      const app = fastifyOf(buildApp({ seed }))
      t.teardown(() => app.close())
      const answer = await app.inject('/api')
      const token = await issuedToken(app)
      return [
        String(answer.headers['x-wink-mock-request-id']),
        app.control.faults.arm({ effect: { status: 503 } }).id,
        app.control.tenants.create().managingEntityIdentifier,
        String(partOf(token, 1)['jti']),
      ]
    }
    const ids = await idsOf(7)
    for (const id of ids)
      t.match(id, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    t.strictSame(await idsOf(7), ids)
    t.notSame(await idsOf(8), ids)
  },
)
