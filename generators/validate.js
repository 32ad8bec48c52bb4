import { Validator } from '@seriousme/openapi-schema-validator'

/** Validates a document by the JSON Schema of its version of OpenAPI. */
export async function validate(document, version) {
  const validator = new Validator()
  const { valid, errors } = await validator.validate(document)
  if (valid && validator.version === version) return
  const found = JSON.stringify(errors, null, 2)
  throw new Error(`${document.info.title}: no valid OpenAPI ${version}: ${found}`)
}
