import type { Static, TObject, TSchema } from '@sinclair/typebox'

/** Writes values as JSON text. */
export type JsonWriter<Value> = (value: Value) => string

/** Texts that need no escapes. A lone surrogate needs one, so that whatever has any is left to others. */
const plainText = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/

/**
 * What writes the values of a schema as `JSON.stringify` does, but in less time: it knows beforehand which
 * members there are, and what they are. Those that the schema does not name are left out.
 *
 * @param schema - of its objects all members are required
 */
export function jsonWriter<Schema extends TSchema>(schema: Schema): JsonWriter<Static<Schema>> {
  return writerOf(schema) as JsonWriter<unknown>
}

function writerOf(schema: TSchema): JsonWriter<never> {
  switch (schema['type']) {
    case 'string':
      // Instants are made or checked here; an id is whatever a source of ids gives, or a path names.
      return schema['format'] === 'date-time' ? quote : writeText
    case 'boolean':
    case 'integer':
      return String
    case 'array':
      return arrayWriter(schema['items'] as TSchema)
    case 'object':
      return objectWriter(schema as TObject)
    /* c8 ignore next 2 - what is written so has nothing else, as yet */
    default:
      return JSON.stringify
  }
}

const quote = (text: string): string => `"${text}"`

const writeText = (text: string): string =>
  plainText.test(text) ? quote(text) : JSON.stringify(text)

function arrayWriter(items: TSchema): JsonWriter<never> {
  const write = writerOf(items)
  return (list: readonly never[]) => {
    let text = '['
    let mark = ''
    for (const item of list) {
      text += mark + write(item)
      mark = ','
    }
    return `${text}]`
  }
}

function objectWriter({ properties }: TObject): JsonWriter<never> {
  const members = Object.entries(properties).map(([name, schema], index) => ({
    name,
    head: `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`,
    write: writerOf(schema),
  }))
  return (value: Readonly<Record<string, unknown>>) => {
    let text = ''
    for (const { name, head, write } of members) text += head + write(value[name] as never)
    return `${text}}`
  }
}
