import type { OpenAPIV3_1 } from 'openapi-types'
import t, { type Test } from 'tap'
import { placesOf, type DocumentNode } from '../fixtures/openapi-validator.ts'
import { problemOf, sandbox } from '../fixtures/sandbox.ts'

const urls = ['/openapi.json', '/__admin/openapi.json']

async function documentOf(t: Test, url: string): Promise<OpenAPIV3_1.Document> {
  const response = await sandbox(t).app.inject(url)
  t.equal(response.statusCode, 200, url)
  return response.json()
}

t.test('openapi=3.0 gives the same document in the words of OpenAPI 3.0', async (t) => {
  for (const url of urls) {
    const usual = await documentOf(t, url)
    const old = await documentOf(t, `${url}?openapi=3.0`)
    t.strictSame(await documentOf(t, `${url}?openapi=3.1`), usual)
    t.equal(usual.openapi, '3.1.0')
    t.equal(old.openapi, '3.0.3')
    t.strictSame(old.info.license, { name: 'MIT' })

    const newer = ({ type, ...node }: DocumentNode): boolean =>
      type === 'null' || Array.isArray(type) || 'const' in node || Array.isArray(node['examples'])
    t.strictSame(placesOf(old, newer), [])
    const withSiblings = (node: DocumentNode): boolean =>
      '$ref' in node && Object.keys(node).length > 1
    t.strictSame(placesOf(old, withSiblings), [], 'a reference stands alone')

    t.strictSame(inNewWords({ ...old, openapi: usual.openapi, info: usual.info }), usual)
  }
})

/** Turns `nullable` of OpenAPI 3.0 into the union with `null` of 3.1. */
function inNewWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inNewWords)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, field]) => [name, inNewWords(field)] as const)
  const { nullable, description, ...schema } = Object.fromEntries<unknown>(entries)
  if (nullable !== true) return Object.fromEntries(entries)
  const [known = schema] = (schema['allOf'] ?? []) as DocumentNode[]
  return { anyOf: [known, { type: 'null' }], ...(description !== undefined && { description }) }
}

t.test('each request is answered in the version that it asks for', async (t) => {
  const { app } = sandbox(t)
  for (const url of urls) {
    for (const [query, version] of [
      ['', '3.1.0'],
      ['?openapi=3.0', '3.0.3'],
      ['', '3.1.0'],
    ]) {
      const { openapi } = (await app.inject(url + String(query))).json<OpenAPIV3_1.Document>()
      t.equal(openapi, version, `${url}${String(query)}`)
    }
  }
})

t.test('any other version of OpenAPI is 400, and so is another parameter', async (t) => {
  const { app } = sandbox(t)
  for (const url of urls) {
    for (const version of ['', '2.0', '3', '3.0.3', '3.2']) {
      const { properties } = problemOf(t, await app.inject(`${url}?openapi=${version}`))
      t.same(
        properties?.errors,
        [{ pointer: '#/openapi', detail: 'must be one of 3.1, 3.0' }],
        `${url} ${version}`,
      )
    }
    const twice = await app.inject(`${url}?openapi=3.0&openapi=3.1`)
    t.match(problemOf(t, twice).properties?.errors, [{ pointer: '#/openapi' }])
    const other = await app.inject(`${url}?version=3.0`)
    t.match(problemOf(t, other).properties?.errors, [{ pointer: '#/version' }])
  }
})
