import type { InjectOptions } from 'fastify'
import type { OpenAPIV3_1 } from 'openapi-types'
import t, { type Test } from 'tap'
import type { AppOptions } from '../../src/index.ts'
import { eventTypes } from '../../src/wink/webhooks/event-types.ts'
import { operationsOf, type DocumentedOperation } from '../fixtures/openapi-validator.ts'
import { entity } from '../fixtures/requests.ts'
import { sandbox } from '../fixtures/sandbox.ts'

type Schemas = Record<string, { properties: Record<string, Record<string, unknown>> }>
type Responses = Record<string, OpenAPIV3_1.ResponseObject>

async function documentOf(
  t: Test,
  url: '/openapi.json' | '/__admin/openapi.json',
  options?: AppOptions,
) {
  const response = await sandbox(t, options).app.inject(url)
  const document = response.json<OpenAPIV3_1.Document>()
  const rows = operationsOf(document)
  return {
    rows,
    schemas: document.components?.schemas as unknown as Schemas,
    operation: (id: string) =>
      rows.find(({ operation }) => operation.operationId === id)?.operation,
  }
}

t.test(
  'a body is required unless all in it may be left out, and where a PUT puts it',
  async (t) => {
    const required: Record<string, boolean> = {}
    for (const url of ['/openapi.json', '/__admin/openapi.json'] as const) {
      for (const { operation } of (await documentOf(t, url)).rows) {
        const body = operation.requestBody as OpenAPIV3_1.RequestBodyObject | undefined
        if (body) required[String(operation.operationId)] = body.required === true
      }
    }
    t.strictSame(required, {
      'create-token': true,
      'revoke-token': true,
      'create-webhook': true,
      'update-webhook': true,
      'arm-fault': true,
      'count-requests-by': false,
      'find-requests': false,
      'wait-for-requests': false,
      'trigger-event': true,
      redeliver: false,
      'wait-for-deliveries': false,
      reset: false,
      'import-state': true,
      'create-tenant': false,
      'set-clock': true,
      'advance-clock': true,
    })
  },
)

t.test('what is too large or of another type is said where there is a body alone', async (t) => {
  for (const url of ['/openapi.json', '/__admin/openapi.json'] as const) {
    for (const { operation } of (await documentOf(t, url)).rows) {
      const isSaid = '413' in (operation.responses ?? {})
      t.equal(isSaid, operation.requestBody !== undefined, String(operation.operationId))
    }
  }
})

t.test('the fields of the sandbox itself are documented', async (t) => {
  for (const { path, operation } of (await documentOf(t, '/openapi.json')).rows) {
    const isApi = path.startsWith('/api/')
    const names = (operation.parameters ?? []).map((one) => ('name' in one ? one.name : ''))
    t.equal(names.includes('Prefer'), isApi, path)
    for (const [status, { headers = {} }] of Object.entries(operation.responses as Responses)) {
      const isImitated = !path.startsWith('/.well-known/')
      t.equal('X-Wink-Mock-Request-Id' in headers, isImitated, `${path} ${status}`)
      const isPreferred = isImitated && Number(status) >= 400 && status !== '413'
      t.equal('Preference-Applied' in headers, isPreferred, `${path} ${status}`)
    }
  }
})

t.test('what can only be asked for says so', async (t) => {
  const { operation } = await documentOf(t, '/openapi.json')
  const only = /^Only where `Prefer` or a fault asks for it/
  const said = (id: string, status: string) =>
    (operation(id)?.responses as Responses)[status]?.description ?? ''
  for (const status of ['405', '409', '415']) t.match(said('load-webhook', status), only)
  t.notMatch(said('update-webhook', '409'), only)
  t.notMatch(said('create-webhook', '415'), only)
})

t.test('the document of the control API has words of its own', async (t) => {
  const { rows, operation } = await documentOf(t, '/__admin/openapi.json')
  for (const { path, operation } of rows) {
    const responses = operation.responses as Responses
    t.ok(responses['405']?.headers?.['Allow'], path)
    if (path === '/__admin/health') continue
    t.match(responses['401'], { description: /admin token/ }, path)
    t.match(responses['403'], { description: /page in a browser/ }, path)
    t.equal(responses['403']?.headers, undefined, path)
  }
  t.match((operation('wait-for-requests')?.responses as Responses)['408'], {
    content: {
      'application/problem+json': { schema: { $ref: '#/components/schemas/WaitTimeout' } },
    },
  })
})

t.test('the addresses of the token endpoints say what can happen to them', async (t) => {
  const { operation } = await documentOf(t, '/openapi.json')
  const statuses = (id: string) => Object.keys(operation(id)?.responses ?? {})
  t.strictSame(statuses('show-authorization-server'), ['200', '400', '503'])
  t.strictSame(statuses('show-keys'), ['200', '400', '405', '500', '503'])
  t.strictSame(statuses('create-token'), ['200', '400', '401', '405', '413', '500', '503'])
})

t.test(
  'members with a default are optional for generators: no schema of a body has one',
  async (t) => {
    const { schemas } = await documentOf(t, '/__admin/openapi.json')
    for (const name of ['FaultRule', 'RequestWait']) {
      t.notMatch(JSON.stringify(schemas[name]), '"default"', name)
    }
  },
)

t.test('the document says what holds where no switch is set', async (t) => {
  const usual = await documentOf(t, '/openapi.json')
  t.match(usual.schemas['Webhook']?.properties['createdDate'], { format: 'date-time' })
  t.equal(usual.schemas['UpsertWebhookRequest']?.properties['eventList']?.['enum'], undefined)
  t.match(usual.schemas['UpsertWebhookRequest']?.properties['eventUrl'], {
    description: /absolute https/,
  })
})

t.test('the document follows the switches', async (t) => {
  const other = await documentOf(t, '/openapi.json', {
    switches: {
      timestamps: 'local',
      winkVersion: 'ignore',
      unknownEventNames: 'refuse',
      allowHttpEventUrls: 'loopback',
    },
  })
  for (const name of ['createdDate', 'lastUpdate']) {
    const member = other.schemas['Webhook']?.properties[name]
    t.match(member, { type: 'string', description: /without offset/ })
    t.equal(member?.['format'], undefined)
  }
  t.match(other.schemas['UpsertWebhookRequest']?.properties, {
    eventList: { items: { enum: eventTypes.map(({ value }) => value) } },
    eventUrl: { description: /http one of a loopback host/ },
  })
  const parameters = other.operation('create-webhook')?.parameters as OpenAPIV3_1.ParameterObject[]
  const version = parameters.find(({ name }) => name === 'Wink-Version')
  t.strictSame(version?.schema, { type: 'string', default: '2.0.0' })
})

t.test('the document of the control API follows the switch of event names', async (t) => {
  const typeOf = async (options = {}): Promise<unknown> => {
    const { schemas } = await documentOf(t, '/__admin/openapi.json', options)
    return schemas['EventTrigger']?.properties['type']
  }
  t.notOk('enum' in Object(await typeOf()))
  t.match(await typeOf({ switches: { unknownEventNames: 'refuse' } }), {
    enum: eventTypes.map(({ value }) => value),
  })
})

t.test('contradictions: what is sent has an example that is taken, a state too', async (t) => {
  const { app } = sandbox(t)
  const taken: Record<string, number> = {}
  for (const url of ['/openapi.json', '/__admin/openapi.json'] as const) {
    for (const row of (await documentOf(t, url)).rows) {
      const request = exampleOf(row)
      // An update has the schema of a create.
      if (!request || row.method === 'PATCH') continue
      taken[String(row.operation.operationId)] = (await app.inject(request)).statusCode
    }
  }
  t.strictSame(taken, {
    'create-token': 200,
    'revoke-token': 200,
    'create-webhook': 201,
    'arm-fault': 201,
    'count-requests-by': 200,
    'find-requests': 200,
    'wait-for-requests': 200,
    'trigger-event': 202,
    redeliver: 404,
    'wait-for-deliveries': 200,
    reset: 204,
    'import-state': 204,
    'create-tenant': 201,
    'set-clock': 200,
    'advance-clock': 200,
  })
})

/** A request with the example of an operation's body, if it has one. */
function exampleOf({ path, method, operation }: DocumentedOperation): InjectOptions | undefined {
  const body = operation.requestBody as OpenAPIV3_1.RequestBodyObject | undefined
  const [[type, { example }] = ['', {}]] = Object.entries({ ...body?.content })
  if (example === undefined) return undefined
  const isForm = type === 'application/x-www-form-urlencoded'
  return {
    method: method as 'POST',
    url: path.replace('{managingEntityIdentifier}', entity),
    headers: { 'content-type': type, ...(!isForm && { authorization: 'Bearer x' }) },
    payload: isForm
      ? new URLSearchParams(example as Record<string, string>).toString()
      : (example as object),
  }
}
