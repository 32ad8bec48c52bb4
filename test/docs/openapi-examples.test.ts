import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import type { OpenAPIV3_1 } from 'openapi-types'
import t, { type Test } from 'tap'
import { exampleEntity, exampleInput, exampleWebhook } from '../../src/wink/examples.ts'
import { operationFor, operationsOf, violationsOf } from '../fixtures/openapi-validator.ts'
import { createRequest, otherEntity, webhooksOf } from '../fixtures/requests.ts'
import { sandbox } from '../fixtures/sandbox.ts'

type Schema = OpenAPIV3_1.SchemaObject

async function documentsOf(t: Test): Promise<OpenAPIV3_1.Document[]> {
  const { app } = sandbox(t)
  const answers = await Promise.all(
    ['/openapi.json', '/__admin/openapi.json'].map((url) => app.inject(url)),
  )
  return answers.map((answer) => answer.json<OpenAPIV3_1.Document>())
}

t.test('every parameter has an example that its schema allows', async (t) => {
  for (const document of await documentsOf(t)) {
    for (const { operation } of operationsOf(document)) {
      for (const parameter of (operation.parameters ?? []) as OpenAPIV3_1.ParameterObject[]) {
        const named = Object.values({ ...parameter.examples }) as OpenAPIV3_1.ExampleObject[]
        const values = [parameter.example, ...named.map((one) => one.value as unknown)]
        const given = values.filter((value) => value !== undefined)
        const name = `${String(operation.operationId)}: ${parameter.name}`
        t.ok(given.length > 0, name)
        for (const value of given) {
          t.strictSame(violationsOf(document, parameter.schema as Schema, value), [], name)
        }
      }
    }
  }
})

t.test('every parameter of a form has an example of its own', async (t) => {
  const [api] = await documentsOf(t)
  for (const name of ['TokenRequest', 'RevocationRequest']) {
    const fields = Object.entries({ ...api?.components?.schemas?.[name]?.properties })
    t.ok(fields.length > 0, name)
    for (const [field, schema] of fields) {
      t.type((schema as Schema).example, 'string', `${name}: ${field}`)
    }
  }
})

t.test('every body and every answer has an example that its schema allows', async (t) => {
  for (const document of await documentsOf(t)) {
    for (const { operation } of operationsOf(document)) {
      const responses = Object.entries(operation.responses as Record<string, Content>)
      const contents = [['body', operation.requestBody as Content] as const, ...responses]
      for (const [name, content] of contents) {
        for (const { schema, example } of Object.values({ ...content?.content })) {
          const place = `${String(operation.operationId)} ${name}`
          t.not(example, undefined, place)
          t.strictSame(violationsOf(document, schema as Schema, example), [], place)
        }
      }
    }
  }
})

type Content = { content?: Record<string, OpenAPIV3_1.MediaTypeObject> } | undefined

t.test('every refusal has an example of its own: its status and its path', async (t) => {
  for (const document of await documentsOf(t)) {
    for (const { path, operation } of operationsOf(document)) {
      const bodies = new Set<string>()
      const refusals = Object.entries(operation.responses as Record<string, Content>).filter(
        ([status]) => Number(status) >= 400,
      )
      for (const [status, response] of refusals) {
        for (const [type, { example }] of Object.entries({ ...response?.content })) {
          bodies.add(JSON.stringify(example))
          if (type !== 'application/problem+json') continue
          const place = `${String(operation.operationId)} ${status}`
          t.match(example, { status: Number(status) }, place)
          const pattern = new RegExp(`^${path.replace(/\{\w+\}/g, '[\\w-]{36}')}$`)
          t.match(example, { instance: pattern }, place)
        }
      }
      t.equal(bodies.size, refusals.length, `${String(operation.operationId)}: no two are alike`)
    }
  }
})

t.test('the example of a refusal is what the sandbox answers', async (t) => {
  const managed = { managingEntities: [{ ...exampleEntity, identifier: otherEntity }] }
  const { app } = sandbox(t)
  const withData = sandbox(t, {
    data: {
      tokens: [{ token: 'reader', scopes: ['account.read'] }, { token: 'writer' }],
      clients: [{ id: 'a', secret: 'b' }],
      webhooks: [{ ...exampleWebhook, version: 2 }],
    },
  }).app
  const withEntities = sandbox(t, { data: managed }).app
  const guarded = sandbox(t, { adminToken: 'secret' }).app
  const collection = webhooksOf(exampleEntity.identifier)
  const item = `${collection}/${exampleWebhook.id}`
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const put = (headers: object): InjectOptions => ({
    method: 'PATCH',
    url: item,
    payload: exampleInput,
    headers: { authorization: 'Bearer writer', ...headers },
  })
  const create = (others: Parameters<typeof createRequest>[0]): InjectOptions =>
    createRequest({ url: collection, ...others })
  const read = (url: string, headers: Record<string, string> = {}): InjectOptions => ({
    url,
    headers: { authorization: 'Bearer x', ...headers },
  })
  const token = (payload: string): InjectOptions => ({
    method: 'POST',
    url: '/oauth2/token',
    headers: form,
    payload,
  })
  const cases: [number, typeof app, InjectOptions][] = [
    [400, app, create({ payload: { ...exampleInput, enabled: 'yes' } })],
    [400, app, read(item, { 'wink-version': '1' })],
    [401, app, { url: item }],
    [403, withData, create({ payload: exampleInput, headers: { authorization: 'Bearer reader' } })],
    [404, withEntities, create({ payload: exampleInput })],
    [404, app, read(item)],
    [405, app, read(item, { prefer: 'code=405' })],
    [409, app, read(item, { prefer: 'code=409' })],
    [409, withData, put({ 'if-match': '1' })],
    [413, app, create({ payload: ' '.repeat(1024 * 1024 + 1) })],
    [415, app, create({ headers: { 'content-type': 'text/plain' } })],
    [415, app, read(item, { prefer: 'code=415' })],
    [400, app, token('client_id=a&client_id=b')],
    [401, withData, token('grant_type=client_credentials&client_id=a&client_secret=c')],
    [405, app, { url: '/oauth2/jwks', headers: { prefer: 'code=405' } }],
    [400, app, { url: '/oauth2/jwks', headers: { host: 'a b' } }],
    [400, app, { url: '/__admin/clock?colour=red' }],
    [401, guarded, { url: '/__admin/clock' }],
    [403, app, { url: '/__admin/clock', headers: { 'sec-fetch-site': 'cross-site' } }],
    [415, app, { method: 'PUT', url: '/__admin/clock', payload: 'x' }],
  ]
  const documents = await documentsOf(t)
  for (const [status, where, request] of cases) {
    const answer = await where.inject(request)
    const { method = 'GET', url } = request as { method?: string; url: string }
    t.equal(answer.statusCode, status, `${method} ${url}`)
    t.strictSame(exampleFor(documents, method, url, answer), answer.json(), `${method} ${url}`)
  }
})

/** The example that the documents have for an answer. */
function exampleFor(
  documents: readonly OpenAPIV3_1.Document[],
  method: string,
  url: string,
  { statusCode }: LightMyRequestResponse,
): unknown {
  const path = url.replace(/\?.*/, '')
  const [found] = documents.flatMap((document) => operationFor(document, method, path) ?? [])
  const { content } = found?.operation.responses?.[statusCode] as NonNullable<Content>
  return Object.values({ ...content })[0]?.example
}
