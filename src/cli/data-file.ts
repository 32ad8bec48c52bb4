import { ConfigError } from './config-error.ts'
import type { Config } from '../control/settings/config.ts'
import type { ParsedJson } from '../base/json/parse.ts'
import { jsonOf, readJsonFile } from '../control/state/json-file.ts'
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
  const [source, parsed] = read(path, dataJson)
  return { source, data: parsed && (valueOf(source, parsed) as SandboxData) }
}

function read(path?: string, text?: string): [source: string, parsed: ParsedJson | undefined] {
  if (path !== undefined) return [path, readJsonFile(path)]
  if (text === undefined) return ['', undefined]
  return ['WINK_MOCK_DATA_JSON or --data-json', jsonOf(Buffer.from(text))]
}

/** @throws ConfigError that names the source, if there is no value */
export function valueOf(source: string, parsed: ParsedJson): unknown {
  if ('failure' in parsed) throw new ConfigError(`${source}: ${parsed.failure}`)
  return parsed.value
}
