// Compares Wink's published OpenAPI document with that of the sandbox, by the operations that both have:
//   node docs/drift.js FILE-OR-URL [OTHER-FILE]
// Ends with 0 if nothing differs, with 1 if something does, and with 2 if a document cannot be read.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const methods = ['get', 'head', 'post', 'put', 'patch', 'delete']
/** Members that explain, or that generators of documents add without meaning. */
const words = [
  'description',
  'title',
  'example',
  'examples',
  'externalDocs',
  'default',
  'contains',
  'unevaluatedItems',
]

/** The differences of two documents, one line each: `-` only theirs has it, `+` only ours, `~` they differ. */
export function driftOf(theirs, ours) {
  const [wink, sandbox] = [theirs, ours].map(operationsOf)
  const common = [...wink.keys()].filter((name) => sandbox.has(name))
  const lines = common.flatMap((name) =>
    differences(wink.get(name), sandbox.get(name)).map((line) => `${name}: ${line}`),
  )
  return { common, lines }
}

/** The facts of each operation, by method and path; names of path parameters do not count. */
function operationsOf(document) {
  const operations = new Map()
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of methods.filter((name) => item[name])) {
      const name = `${method.toUpperCase()} ${path.replace(/\{[^}]*\}/g, '{}')}`
      operations.set(name, factsOf(document, item, item[method]))
    }
  }
  return operations
}

/** The facts of an operation: a flat map from a place to what the document says there. */
function factsOf(document, item, operation) {
  const facts = new Map()
  for (const given of [item.parameters, operation.parameters].flat()) {
    if (given) addParameter(facts, document, resolved(document, given))
  }
  const { content } = resolved(document, operation.requestBody ?? {})
  addContent(facts, document, 'body', content)
  for (const [status, response] of Object.entries(operation.responses ?? {})) {
    facts.set(`status ${status}`, 'documented')
    if (status.startsWith('2')) {
      addContent(facts, document, `answer ${status}`, resolved(document, response).content)
    }
  }
  return facts
}

function addParameter(facts, document, { name, in: place, required = false, schema }) {
  if (place === 'path') return
  const key = `parameter ${place} ${place === 'header' ? name.toLowerCase() : name}`
  facts.set(key, presence(required))
  addSchema(facts, document, `${key} `, schema)
}

const presence = (required) => (required ? 'required' : 'optional')

function addContent(facts, document, place, content = {}) {
  for (const [type, { schema }] of Object.entries(content)) {
    if (/json/.test(type)) addSchema(facts, document, `${place} `, schema)
  }
}

/** Adds type, constraints and members of a schema, and of the schemas in it. */
function addSchema(facts, document, place, given, above = []) {
  if (given === undefined || above.includes(given.$ref ?? given)) return
  const within = [...above, given.$ref ?? given]
  const { properties = {}, items, required = [], ...constraints } = merged(document, given)
  const told = Object.entries(constraints).filter(([name]) => !words.includes(name))
  for (const [name, value] of told) facts.set(`${place}${name}`, JSON.stringify(value))
  for (const [name, member] of Object.entries(properties)) {
    const where = `${place.trim()}.${name} `
    facts.set(`${where}presence`, presence(required.includes(name)))
    addSchema(facts, document, where, member, within)
  }
  addSchema(facts, document, `${place.trim()}[] `, items, within)
}

/** A schema without references and `allOf`. */
function merged(document, given) {
  const { allOf = [], ...own } = resolved(document, given)
  const parts = [...allOf.map((part) => merged(document, part)), own]
  return {
    ...Object.assign({}, ...parts),
    ...(parts.some(({ properties }) => properties) && {
      properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
      required: parts.flatMap(({ required = [] }) => required),
    }),
  }
}

function resolved(document, value) {
  if (value?.$ref === undefined) return value
  const path = value.$ref.slice(2).split('/')
  const found = path.reduce(
    (node, name) => node?.[name.replaceAll('~1', '/').replaceAll('~0', '~')],
    document,
  )
  if (found === undefined) throw new Error(`${value.$ref} leads nowhere`)
  return resolved(document, found)
}

function differences(theirs, ours) {
  const places = [...new Set([...theirs.keys(), ...ours.keys()])].sort()
  return places.flatMap((place) => {
    const [wink, sandbox] = [theirs.get(place), ours.get(place)]
    if (wink === sandbox) return []
    if (sandbox === undefined) return [`- ${place}: ${wink}`]
    if (wink === undefined) return [`+ ${place}: ${sandbox}`]
    return [`~ ${place}: theirs ${wink}, ours ${sandbox}`]
  })
}

/* c8 ignore start - a test only needs the function */
async function read(source) {
  if (!/^https?:/.test(source)) return JSON.parse(readFileSync(source, 'utf8'))
  const response = await fetch(source)
  if (!response.ok) throw new Error(`it answered ${response.status}`)
  return response.json()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , source, own = fileURLToPath(new URL('../openapi/api.json', import.meta.url))] =
    process.argv
  if (source === undefined) {
    console.error('usage: node docs/drift.js FILE-OR-URL [OTHER-FILE]')
    process.exit(2)
  }
  const documents = await Promise.all(
    [source, own].map((name) =>
      read(name).catch((error) => {
        console.error(`${name}: ${error.message}`)
        process.exit(2)
      }),
    ),
  )
  const { common, lines } = driftOf(...documents)
  for (const line of lines) console.log(line)
  console.log(`${common.length} operations in both documents, ${lines.length} differences`)
  process.exitCode = lines.length > 0 || common.length === 0 ? 1 : 0
}
/* c8 ignore stop */
