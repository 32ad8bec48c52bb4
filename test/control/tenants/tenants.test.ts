import t from 'tap'
import type { JournaledRequest, Tenant, Webhook } from '../../../src/index.ts'
import { entity, validBody, webhooksOf } from '../../fixtures/requests.ts'
import { problemOf, sandbox } from '../../fixtures/sandbox.ts'
import { listening } from '../../fixtures/wire.ts'

/** A test worker that shares a sandbox: it uses only HTTP and its own tenant. */
class Worker {
  readonly tenant: Tenant

  constructor(tenant: Tenant) {
    this.tenant = tenant
  }

  static async start(url: string): Promise<Worker> {
    const response = await fetch(`${url}/__admin/tenants`, { method: 'POST' })
    return new Worker((await response.json()) as Tenant)
  }

  async create(name: string): Promise<number> {
    const { baseUrl, managingEntityIdentifier: identifier, token, name: entityName } = this.tenant
    const response = await fetch(baseUrl + webhooksOf(identifier), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...validBody, name, entity: { identifier, name: entityName } }),
    })
    await response.arrayBuffer()
    return response.status
  }

  async admin<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${this.tenant.baseUrl}/__admin${path}`, {
      method,
      ...(body && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    })
    return (response.status === 204 ? undefined : await response.json()) as Answer
  }

  /** One run of a worker: fail once, succeed, look, clean up. */
  async run(index: number): Promise<object> {
    const { managingEntityIdentifier } = this.tenant
    const mine = `?managingEntityIdentifier=${managingEntityIdentifier}`
    const times = 1 + (index % 3)
    await this.admin('POST', '/faults', {
      match: { managingEntityIdentifier },
      times,
      effect: { status: 503 },
    })
    const statuses: number[] = []
    for (let attempt = 0; attempt < 5; attempt += 1) {
      statuses.push(await this.create(`${index}.${attempt}`))
    }
    await this.admin('POST', '/requests/wait', { managingEntityIdentifier, count: 5 })
    const { requests } = await this.admin<{ requests: JournaledRequest[] }>(
      'GET',
      `/requests${mine}`,
    )
    const { webhooks } = await this.admin<{ webhooks: Webhook[] }>('GET', `/webhooks${mine}`)
    await this.admin('POST', `/reset${mine}`)
    return {
      statuses,
      requests: requests.map(({ status }) => status),
      names: webhooks.map(({ name }) => name),
      left: [
        await this.admin('GET', `/webhooks${mine}`),
        await this.admin('GET', `/requests/count${mine}`),
        await this.admin('GET', `/faults${mine}`),
      ],
    }
  }
}

t.test('20 tenants in parallel never meet', async (t) => {
  const { url } = await listening(t)
  const workers = await Promise.all(Array.from({ length: 20 }, () => Worker.start(url)))
  const identifiers = new Set(workers.map(({ tenant }) => tenant.managingEntityIdentifier))
  t.equal(identifiers.size, 20)
  const runs = await Promise.all(workers.map((worker, index) => worker.run(index)))
  for (const [index, run] of runs.entries()) {
    const failures = 1 + (index % 3)
    const attempts = [0, 1, 2, 3, 4]
    const statuses = attempts.map((attempt) => (attempt < failures ? 503 : 201))
    t.strictSame(run, {
      statuses,
      requests: statuses,
      names: attempts.slice(failures).map((attempt) => `${index}.${attempt}`),
      left: [{ webhooks: [] }, { count: 0 }, { faults: [] }],
    })
  }
})

t.test('POST /__admin/tenants', async (t) => {
  const { app } = sandbox(t)
  const make = (payload?: object) =>
    app.inject({
      method: 'POST',
      url: '/__admin/tenants',
      headers: { host: 'sandbox.test:8080' },
      ...(payload && { payload }),
    })
  const response = await make()
  t.equal(response.statusCode, 201)
  t.match(response.json(), {
    managingEntityIdentifier: /^[\da-f-]{36}$/,
    name: /^Tenant [\da-f]{8}$/,
    token: /^tenant-[\da-f-]{36}$/,
    clientId: /^client-[\da-f-]{36}$/,
    clientSecret: /^secret-[\da-f-]{36}$/,
    baseUrl: 'http://sandbox.test:8080',
    tokenUrl: 'http://sandbox.test:8080/oauth2/token',
  })
  t.match((await make({ name: 'Mine' })).json(), { name: 'Mine' })
  t.match(app.control.tenants.create({ name: 'Ours' }), { name: 'Ours', baseUrl: /^http:/ })
  for (const [payload, pointer] of [
    [{ nam: 'x' }, '#/nam'],
    [{ name: '' }, '#/name'],
    [[], '#'],
  ] as const) {
    const refusal = await make(payload)
    t.equal(refusal.statusCode, 400)
    t.match(problemOf(t, refusal), { properties: { errors: [{ pointer }] } })
  }
})

t.test('where tokens and entities are configured, a tenant is one more of each', async (t) => {
  const { app, create } = sandbox(t, {
    data: {
      managingEntities: [{ identifier: entity, name: 'Siam' }],
      tokens: [{ token: 'some-token' }],
    },
  })
  const tenant = app.control.tenants.create()
  const { managingEntityIdentifier: identifier, name, token } = tenant
  const headers = { authorization: `Bearer ${token}` }
  const payload = JSON.stringify({ ...validBody, entity: { identifier, name } })
  const url = webhooksOf(identifier)
  t.equal((await create({ url, headers, payload })).statusCode, 201)
  t.equal((await create({ headers })).statusCode, 403, 'it manages its own entity alone')
  t.equal((await create()).statusCode, 201, 'the others are as they were')
  t.match(app.control.state.export(), {
    managingEntities: [{}, { identifier, name }],
    tokens: [{}, { token, managingEntities: [identifier] }],
  })
  app.control.reset()
  t.equal((await create({ url, headers, payload })).statusCode, 401, 'a reset forgets it')
})

t.test('from the library, the base URL is that of the sandbox', async (t) => {
  const server = await listening(t)
  t.equal(server.tenants.create().baseUrl, server.url)
})
