import type { OpenAPIV3_1 } from 'openapi-types'
import t, { type Test } from 'tap'
import { generatedTypes } from '../fixtures/generated-types.ts'
import { operationsOf } from '../fixtures/openapi-validator.ts'
import { sandbox } from '../fixtures/sandbox.ts'
import { winkDocument, winkRevisions, type WinkRevision } from '../fixtures/wink-documents.ts'

type Schema = OpenAPIV3_1.SchemaObject

const documentOf = async (t: Test): Promise<OpenAPIV3_1.Document> =>
  (await sandbox(t).app.inject('/openapi.json')).json()

/** The rows of Wink's types that ours do not have in the same way. */
const differences = (
  wink: ReadonlyMap<string, unknown>,
  ours: ReadonlyMap<string, unknown>,
): string[] =>
  [...wink]
    .filter(([name, type]) => ours.get(name) !== type)
    .map(([name, type]) => `${name}: ${String(type)}, here ${String(ours.get(name))}`)

/** An Accept parameter is ignored (OpenAPI 3.1 §4.8.12.1); ours would be a parameter that does nothing. */
const acceptOf = (operation: string): string =>
  `operations.${operation}.parameters.header.Accept: ? "application/json", here undefined`
const accepts = ['load-webhook', 'delete-webhook', 'show-webhooks', 'show-webhook-events'].map(
  acceptOf,
)

/** The remaining differences, by revision. The newest one has webhooks whose times and version may be null, and ours never are. */
const expected: Record<WinkRevision, string[]> = {
  '31.4.1': accepts,
  '34.5.2': [
    'components.schemas.Webhook.createdDate: readonly string | null, here string',
    'components.schemas.Webhook.eventList: ? string[], here string[]',
    'components.schemas.Webhook.lastUpdate: readonly string | null, here string',
    'components.schemas.Webhook.version: number | null, here number',
    ...accepts,
  ],
}

for (const revision of winkRevisions) {
  t.test(
    `types generated from Wink's document ${revision} and from ours are the same`,
    async (t) => {
      const wink = await generatedTypes(winkDocument(revision))
      const ours = await generatedTypes(await documentOf(t))
      t.ok(wink.size > 300, `${wink.size} members`)
      t.strictSame(differences(wink, ours).sort(), expected[revision].sort())
    },
  )

  t.test(`operations have the tags and parameters of Wink's document ${revision}`, async (t) => {
    const wink = operationRows(winkDocument(revision))
    t.equal(wink.size, 25, 'operations and parameters')
    t.strictSame(
      differences(wink, operationRows(await documentOf(t))).filter(
        (row) => !row.includes('Accept'),
      ),
      [],
    )
  })

  t.test(`schemas have the keywords of Wink's document ${revision}`, async (t) => {
    const left = differences(keywordsOf(winkDocument(revision)), keywordsOf(await documentOf(t)))
    t.strictSame(
      left.filter((row) => !/type: (?:string|integer),null, here/.test(row)),
      ['ProblemDetail.instance format: uri, here uri-reference'],
    )
    t.equal(left.length, revision === '34.5.2' ? 4 : 1)
  })
}

t.test("Wink's security scheme is beside bearer, which comes first", async (t) => {
  const namesOf = ({ security = [] }: OpenAPIV3_1.OperationObject) => security.map(Object.keys)
  const ours = operationsOf(await documentOf(t)).map(({ operation }) => operation)
  for (const { operation } of operationsOf(winkDocument('34.5.2'))) {
    const same = ours.find(({ operationId }) => operationId === operation.operationId)
    t.strictSame(namesOf({ ...same }), [['bearer'], ...namesOf(operation)])
  }
})

t.test(
  'the scopes and the token URL of oauth2ClientCredentials are those of the sandbox',
  async (t) => {
    const { components } = await documentOf(t)
    const { clientCredentials } = (
      components?.securitySchemes?.['oauth2ClientCredentials'] as OpenAPIV3_1.OAuth2SecurityScheme
    ).flows
    t.equal(clientCredentials?.tokenUrl, 'http://localhost:80/oauth2/token')
    t.strictSame(Object.keys(clientCredentials?.scopes ?? {}), [
      'account.read',
      'account.write',
      'account.remove',
    ])
  },
)

/** The path, tags and parameters of each operation: `load-webhook id` -> its place and type. */
function operationRows(document: OpenAPIV3_1.Document): Map<string, string> {
  const rows = new Map<string, string>()
  for (const { path, method, operation } of operationsOf(document)) {
    const { operationId = '', tags, parameters = [] } = operation
    rows.set(operationId, `${method} ${path} ${String(tags)}`)
    for (const parameter of parameters as OpenAPIV3_1.ParameterObject[]) {
      const { name, in: place, required = false } = parameter
      const { type, format, enum: values, default: value } = parameter.schema as Schema
      // Wink's default of the path parameters is the empty text.
      const row = {
        place,
        required,
        type,
        format,
        values,
        default: value === '' ? undefined : value,
      }
      rows.set(`${operationId} ${name}`, JSON.stringify(row))
    }
  }
  return rows
}

/** The keywords of each property of each schema: `Webhook.version format` -> `int64`. */
function keywordsOf({ components }: OpenAPIV3_1.Document): Map<string, string> {
  const rows = new Map<string, string>()
  for (const [schema, { properties = {} }] of Object.entries({ ...components?.schemas })) {
    for (const [name, property] of Object.entries(properties)) {
      for (const keyword of ['type', 'format', 'minLength'] as const) {
        const value = (property as Schema)[keyword]
        if (value !== undefined) rows.set(`${schema}.${name} ${keyword}`, String(value))
      }
    }
  }
  return rows
}
