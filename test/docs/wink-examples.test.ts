import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { OpenAPIV3_1 } from 'openapi-types'
import t, { type Test } from 'tap'
import type { Switches } from '../../src/index.ts'
import { operationsOf } from '../fixtures/openapi-validator.ts'
import { sandbox } from '../fixtures/sandbox.ts'
import { winkDocument, winkRevisions } from '../fixtures/wink-documents.ts'

type Document = OpenAPIV3_1.Document
type Schema = OpenAPIV3_1.SchemaObject
type Content = Record<string, OpenAPIV3_1.MediaTypeObject>

async function documentOf(t: Test, switches: Partial<Switches> = {}): Promise<Document> {
  return (await sandbox(t, { switches }).app.inject('/openapi.json')).json()
}

for (const revision of winkRevisions) {
  t.test(
    `examples of Wink's document ${revision} follow our schemas, times without offset`,
    async (t) => {
      const examples = examplesOf(winkDocument(revision))
      t.equal(examples.size, 30)
      const ours = await documentOf(t, { timestamps: 'local' })
      t.strictSame(brokenExamples(examples, schemasOf(ours), ours), [])
    },
  )

  t.test(
    `by default their times alone break our schemas: ${revision} (RFC 3339 §5.6)`,
    async (t) => {
      const ours = await documentOf(t)
      const broken = brokenExamples(examplesOf(winkDocument(revision)), schemasOf(ours), ours)
      t.ok(broken.length > 0)
      for (const row of broken)
        t.match(row, /(?:createdDate|lastUpdate) must match format "date-time"$/)
    },
  )

  t.test(`our examples follow the schemas of Wink's document ${revision}`, async (t) => {
    const wink = winkDocument(revision)
    const known = schemasOf(wink)
    const examples = [...examplesOf(await documentOf(t))].filter(([name]) => known.has(name))
    t.ok(examples.length >= 5, `${examples.length} examples`)
    // A path is no URI; docs/fidelity.md names this.
    const left = brokenExamples(new Map(examples), known, wink)
    t.strictSame(
      left.filter((row) => !row.endsWith('instance must match format "uri"')),
      [],
    )
  })
}

/** The places in a document that have a schema, by a name that is the same in every document. */
function schemasOf(document: Document): Map<string, Schema> {
  const rows = new Map<string, Schema>()
  for (const [name, schema] of Object.entries({ ...document.components?.schemas })) {
    rows.set(name, schema)
    for (const [property, of] of Object.entries({ ...schema.properties })) {
      rows.set(`${name}.${property}`, of)
    }
  }
  for (const { name, content } of contentsOf(document)) rows.set(name, content.schema as Schema)
  return rows
}

/** The examples of those places. */
function examplesOf(document: Document): Map<string, readonly unknown[]> {
  const rows = new Map<string, readonly unknown[]>()
  const add = (name: string, examples: readonly unknown[]): void => {
    if (examples.length > 0) rows.set(name, examples)
  }
  for (const [name, schema] of schemasOf(document)) {
    add(
      name,
      [schema.example, ...(schema.examples ?? [])].filter((one) => one !== undefined),
    )
  }
  for (const { name, content } of contentsOf(document)) {
    const named = Object.values(content.examples ?? {}) as OpenAPIV3_1.ExampleObject[]
    const examples = [content.example as unknown, ...named.map(({ value }) => value as unknown)]
    add(
      name,
      examples.filter((one) => one !== undefined),
    )
  }
  return rows
}

/** The bodies of a document, such as `create-webhook 201 application/json`. */
function contentsOf(document: Document): { name: string; content: OpenAPIV3_1.MediaTypeObject }[] {
  return operationsOf(document).flatMap(({ operation }) => {
    const bodies = {
      body: operation.requestBody,
      ...operation.responses,
    } as Record<string, { content?: Content } | undefined>
    return Object.entries(bodies).flatMap(([place, body]) =>
      Object.entries({ ...body?.content }).map(([type, content]) => ({
        name: `${String(operation.operationId)} ${place} ${type}`,
        content,
      })),
    )
  })
}

/** The violations of examples, such as `Webhook.name must be string`. */
function brokenExamples(
  examples: ReadonlyMap<string, readonly unknown[]>,
  schemas: ReadonlyMap<string, Schema>,
  { components }: Document,
): string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  ;(formats as unknown as typeof formats.default)(ajv)
  return [...examples].flatMap(([name, values]) => {
    const schema = schemas.get(name)
    if (!schema) return [`${name} is unknown`]
    const validate = ajv.compile({ ...schema, components })
    return values.flatMap((value) => {
      validate(value)
      return (validate.errors ?? []).map(
        ({ instancePath, message }) => `${name}${instancePath} ${String(message)}`,
      )
    })
  })
}
