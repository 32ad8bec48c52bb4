import type { OpenAPIV3_1 } from 'openapi-types'
import { isControl, isImitated } from '../base/target.ts'
import { refusalExample } from './refusal-examples.ts'

type Schema = OpenAPIV3_1.SchemaObject

/** An operation as the generator writes it: nothing is a reference yet. */
export interface ShownOperation {
  readonly parameters?: OpenAPIV3_1.ParameterObject[]
  readonly requestBody?: OpenAPIV3_1.RequestBodyObject
  readonly responses: Readonly<Record<string, OpenAPIV3_1.ResponseObject>>
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[]
}

/**
 * Adds the examples that routes do not declare: of a parameter its default value, of an answer the example of its
 * schema, of a refusal one that the sandbox could send for this operation.
 */
export function addExamples({ paths }: OpenAPIV3_1.Document): void {
  for (const [path, item] of Object.entries({ ...paths })) {
    if (!isOfSandbox(path)) continue
    for (const operation of Object.values(item as Record<string, ShownOperation>)) {
      const { parameters = [], responses } = operation
      for (const parameter of parameters) addDefault(parameter)
      const target = targetOf(path, parameters)
      for (const [status, response] of Object.entries(responses)) {
        for (const media of Object.values({ ...response.content })) {
          media.example =
            Number(status) < 400
              ? exampleOf(media.schema as Schema)
              : refusalExample({ status, response, operation, target })
        }
      }
    }
  }
}

/** False for routes that a program has added to the application. */
const isOfSandbox = (path: string): boolean =>
  isImitated(path) || isControl(path) || path.startsWith('/.well-known/oauth-')

function addDefault(parameter: OpenAPIV3_1.ParameterObject): void {
  if (parameter.examples) return
  parameter.example ??= (parameter.schema as Schema).default
}

/** The example of a schema; else made from those of its items or properties. */
function exampleOf({ examples, properties = {}, ...schema }: Schema): unknown {
  if (examples) return examples[0]
  if ('items' in schema) return [exampleOf(schema.items)]
  const fields = Object.entries(properties)
  return Object.fromEntries(fields.map(([name, field]) => [name, exampleOf(field as Schema)]))
}

/** A path with the examples of its parameters. */
function targetOf(path: string, parameters: readonly OpenAPIV3_1.ParameterObject[]): string {
  const examples = new Map(parameters.map(({ name, example }) => [name, example as unknown]))
  return path.replace(/\{(\w+)\}/g, (_parameter, name: string) => String(examples.get(name)))
}
