import { readFileSync } from 'node:fs'
import { ConfigError, type Config } from './config.ts'
import { parseJson } from '../base/json/parse.ts'
import type { SandboxData } from '../wink/data-schema.ts'

/** The initial data. */
export interface ConfiguredData {
  /** The file or setting, as messages name it. */
  readonly source: string
  /** Not validated yet; building the sandbox does that. */
  readonly data: SandboxData | undefined
}

/**
 * Reads the initial data from a file or from the setting itself.
 *
 * @returns no data if neither is set
 * @throws ConfigError that names the source, if it cannot be read or is not JSON
 */
export function readData({ data: path, dataJson }: Config): ConfiguredData {
  if (path !== undefined) return parse(path, read(path))
  if (dataJson !== undefined)
    return parse('WINK_MOCK_DATA_JSON or --data-json', Buffer.from(dataJson))
  return { source: '', data: undefined }
}

function read(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new ConfigError(
      `${path}: cannot be read (${String((error as NodeJS.ErrnoException).code)})`,
    )
  }
}

function parse(source: string, bytes: Buffer): ConfiguredData {
  const parsed = parseJson(bytes)
  if ('failure' in parsed) throw new ConfigError(`${source}: is not JSON; ${parsed.failure}`)
  return { source, data: parsed.value as SandboxData }
}
