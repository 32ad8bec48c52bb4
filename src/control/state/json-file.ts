import { readFileSync } from 'node:fs'
import { parseJson, type ParsedJson } from '../../base/json/parse.ts'

/** The value of a JSON file, or why it has none, in words that continue its name. */
export function readJsonFile(path: string): ParsedJson {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (error) {
    return { failure: `cannot be read (${String((error as NodeJS.ErrnoException).code)})` }
  }
  return jsonOf(bytes)
}

/** The value of a JSON text, or why it has none, in words that continue the name of its source. */
export function jsonOf(bytes: Buffer): ParsedJson {
  const parsed = parseJson(bytes)
  return 'failure' in parsed ? { failure: `is not JSON; ${parsed.failure}` } : parsed
}
