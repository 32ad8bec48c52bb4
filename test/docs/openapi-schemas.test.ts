import type { OpenAPIV3_1 } from 'openapi-types'
import t, { type Test } from 'tap'
import { operationsOf, placesOf, type DocumentNode } from '../fixtures/openapi-validator.ts'
import { sandbox } from '../fixtures/sandbox.ts'

const urls = ['/openapi.json', '/__admin/openapi.json']

async function documentOf(t: Test, url: string): Promise<OpenAPIV3_1.Document> {
  const response = await sandbox(t).app.inject(url)
  t.equal(response.statusCode, 200, url)
  return response.json()
}

t.test('a literal is an enumeration of one value: not all tools know const', async (t) => {
  for (const url of urls) {
    t.strictSame(
      placesOf(await documentOf(t, url), (node) => 'const' in node),
      [],
    )
  }
  const api = await documentOf(t, '/openapi.json')
  t.match(api.components?.schemas, {
    TokenRequest: { properties: { grant_type: { type: 'string', enum: ['client_credentials'] } } },
  })
})

t.test('null stands only where to leave out means something else', async (t) => {
  const isNullable = ({ anyOf }: DocumentNode): boolean =>
    Array.isArray(anyOf) && anyOf.some((one: DocumentNode) => one['type'] === 'null')
  const [api = '', control = ''] = urls
  t.strictSame(placesOf(await documentOf(t, api), isNullable), [])
  const schemas = '/components/schemas'
  t.strictSame(placesOf(await documentOf(t, control), isNullable), [
    // Without limit; left out, it is once.
    `${schemas}/ArmedFault/properties/times`,
    `${schemas}/ArmedFault/properties/remaining`,
    // The fields of a delivery are always there.
    ...['url', 'reason', 'detail'].map((name) => `${schemas}/Delivery/properties/${name}`),
    ...['firstByteMs', 'status', 'headers', 'body', 'error'].map(
      (name) => `${schemas}/DeliveryAttempt/properties/${name}`,
    ),
    `${schemas}/FaultRule/properties/times`,
    // The fields of an entry are always there.
    ...[
      'method',
      'path',
      'operation',
      'managingEntityIdentifier',
      'body',
      'status',
      'response',
    ].map((name) => `${schemas}/JournaledRequest/properties/${name}`),
    `${schemas}/JournaledRequest/properties/createdWebhookId`,
    `${schemas}/JournaledRequest/properties/diagnosis/properties/refusedBy`,
    `${schemas}/JournaledResponse/properties/body`,
    // Requests without an answer; left out, it is all requests.
    `${schemas}/RequestFilter/properties/status`,
    `${schemas}/RequestList/properties/status`,
    `${schemas}/RequestWait/properties/status`,
    // A setting without a value.
    `${schemas}/SandboxSetting/properties/value`,
  ])
})

t.test('no schema has the name of an operation, nor one that tools derive from it', async (t) => {
  const suffixes = ['', 'Body', 'Data', 'Error', 'Errors', 'Params', 'Response', 'Responses']
  for (const url of urls) {
    const document = await documentOf(t, url)
    const ids = operationsOf(document).map(({ operation }) => String(operation.operationId))
    const taken = ids.flatMap((id) =>
      suffixes.map((suffix) => `${id.replaceAll('-', '')}${suffix}`.toLowerCase()),
    )
    const names = Object.keys({ ...document.components?.schemas })
    t.ok(names.length > 0)
    t.strictSame(
      names.filter((name) => taken.includes(name.toLowerCase())),
      [],
    )
  }
})
