import { once } from 'node:events'
import { createServer } from 'node:net'
import { Check } from '@sinclair/typebox/value'
import type { TArray, TObject, TSchema } from '@sinclair/typebox'
import { masked, maskedText } from '../base/masking/text.ts'
import { expectationOf, isBoolean, isList, isNumeric, settingNames } from '../base/settings.ts'
import { ConfigError } from './config-error.ts'
import { Config } from '../control/settings/config.ts'

// Reads the settings of the program from its flags and from the environment.

/** The variables of the process; `HOST` and the like, too. */
export type Environment = Readonly<Record<string, string | undefined>>

/** A setting with its names. */
export interface Setting {
  readonly name: string
  readonly flag: string
  /** Environment variables; the first that is set counts. */
  readonly variables: readonly string[]
  readonly schema: TSchema
}

/** Flags and variables by the name of their setting. */
export type Origins = Readonly<Record<string, string | undefined>>

/** The settings of a command as read. */
export interface Settings<Values extends Pick<Config, 'host'> = Config> {
  readonly config: Values
  /** The flag or variable of each value that is no default. */
  readonly origins: Origins
  /** One sentence for each variable that was probably meant for another program. */
  readonly warnings: readonly string[]
}

/** Names of log levels in other programs. */
const levelSynonyms: Readonly<Record<string, string>> = {
  verbose: 'debug',
  warning: 'warn',
  err: 'error',
  critical: 'fatal',
  off: 'silent',
  none: 'silent',
}

/** Conventional variables, read after our own; other programs read them too. */
export const sharedVariables = {
  port: 'PORT',
  host: 'HOST',
  logLevel: 'LOG_LEVEL',
} satisfies Partial<Record<keyof Config, string>>

/** The settings of a command, in the order of `--help`. */
export const settingsOf = (
  { properties }: TObject,
  shared: Readonly<Record<string, string>> = {},
): readonly Setting[] =>
  Object.entries(properties).map(([name, schema]) => {
    const { flag, environment } = settingNames(name)
    return { name, flag, variables: [environment, shared[name] ?? []].flat(), schema }
  })

/** All settings of a sandbox. */
export const settings = settingsOf(Config, sharedVariables)

/**
 * Reads the settings: a flag takes precedence over its environment variable, which takes precedence over the
 * default. A variable that is empty or was written by a container platform counts as not set. An invalid `LOG_LEVEL` or
 * `HOST`, which may be meant for another program, is a warning.
 *
 * @param flags - values by name
 * @throws ConfigError for a value that a setting does not accept
 */
export function readSettings(flags: Readonly<Record<string, unknown>>, env: Environment): Settings {
  const { values, origins, warnings } = readValues(settings, flags, env)
  const config = values as Config
  if (config.data !== undefined && config.dataJson !== undefined) {
    throw new ConfigError(
      'WINK_MOCK_DATA and WINK_MOCK_DATA_JSON (or their flags) exclude each other; set one of them',
    )
  }
  if ((config.tlsCert === undefined) !== (config.tlsKey === undefined)) {
    throw new ConfigError('--tls-cert and --tls-key (or their variables) need each other; set both')
  }
  return { config, origins, warnings }
}

/**
 * Reads the settings of a command.
 *
 * @returns the values by name, without those that are not set, and where they come from
 * @throws ConfigError for a value that a setting does not accept
 */
export function readValues(
  settings: readonly Setting[],
  flags: Readonly<Record<string, unknown>>,
  env: Environment,
): {
  readonly values: Record<string, unknown>
  /** The flag or variable of each value that is no default. */
  readonly origins: Origins
  readonly warnings: readonly string[]
} {
  const readings = settings.map((setting) => read(setting, flags, env))
  const values = settings.map(({ name }, index) => [name, readings[index]?.value] as const)
  return {
    values: Object.fromEntries(values.filter(([, value]) => value !== undefined)),
    origins: Object.fromEntries(settings.map(({ name }, index) => [name, readings[index]?.origin])),
    warnings: readings.flatMap(({ warning }) => warning ?? []),
  }
}

interface Reading {
  readonly value: unknown
  /** The flag or variable that the value comes from; undefined for a default. */
  readonly origin?: string
  readonly warning?: string
}

function read(
  setting: Setting,
  flags: Readonly<Record<string, unknown>>,
  env: Environment,
): Reading {
  const { name, flag, variables, schema } = setting
  const isSet = Object.hasOwn(flags, flag)
  const origin = isSet ? `--${flag}` : variables.find((variable) => isFor(setting, env[variable]))
  if (origin === undefined) return { value: schema.default }
  const texts = isSet ? [flags[flag]].flat().map(String) : [String(env[origin])]
  if (isList(schema)) return { value: itemsOf(schema, texts, origin), origin }
  const text = String(texts.at(-1))
  const value = valueOf(setting, text)
  if (Check(schema, value)) return { value, origin }
  const shown = schema.writeOnly === true ? '' : `, not "${shownText(text)}"`
  const problem = `${origin} must be ${expectationOf(schema)}${shown}`
  if (origin !== sharedVariables.logLevel && origin !== sharedVariables.host)
    throw new ConfigError(problem)
  return { value: schema.default, warning: ignored(problem, name, String(schema.default)) }
}

/** The items of a setting that may be given several times; a text may have more than one, with commas. */
function itemsOf({ items }: TArray, texts: readonly string[], origin: string): string[] {
  const values = texts.flatMap((text) => text.split(',')).map((text) => text.trim())
  const isItem = (value: string): boolean => Check(items, value)
  const wrong = values.find((value) => !isItem(value))
  if (wrong === undefined) return values
  throw new ConfigError(`${origin} must be ${expectationOf(items)}, not "${shownText(wrong)}"`)
}

/** A text without secrets, such as the password of a URL, however the URL is broken. */
const shownText = (text: string): string =>
  maskedText(text.replace(/^([a-z][a-z\d+.-]*:[^@:]*:)[^@]*@/i, `$1${masked}@`))

/**
 * True if the text of a variable is meant for a setting. For a service named `wink-mock`, Kubernetes sets
 * `WINK_MOCK_PORT=tcp://10.96.0.1:4010` in all containers; Docker links do the same.
 */
function isFor({ name }: Setting, text: string | undefined): boolean {
  const isServiceLink = name === 'port' && /^(?:tcp|udp|sctp):\/\//.test(text ?? '')
  return text !== undefined && text !== '' && !isServiceLink
}

function valueOf({ name, schema }: Setting, text: string): unknown {
  if (name === 'logLevel') {
    const level = text.toLowerCase()
    return Object.hasOwn(levelSynonyms, level) ? levelSynonyms[level] : level
  }
  if (isBoolean(schema) && ['true', 'false'].includes(text)) return text === 'true'
  return isNumeric(schema) && /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : text
}

/** The warning about a variable that was probably meant for another program. */
const ignored = (problem: string, name: string, used: string): string =>
  `${problem}; ${used} is used. ${settingNames(name).environment} is for this program alone.`

/**
 * Replaces a host from `HOST` by the default, with a warning, if no server can listen on it: conda sets `HOST` to the
 * name of a platform, zsh to that of the machine.
 */
export async function withUsableHost<Given extends Settings<Pick<Config, 'host'>>>(
  settings: Given,
): Promise<Given> {
  const { config, warnings } = settings
  const { host: origin, ...origins } = settings.origins
  if (origin !== 'HOST') return settings
  const code = await findListenProblem(config.host)
  if (code === undefined) return settings
  const host = String(Config.properties.host.default)
  const problem = `HOST must be a host name or IP address to listen on, not "${config.host}" (${code})`
  return {
    ...settings,
    config: { ...config, host },
    origins,
    warnings: [...warnings, ignored(problem, 'host', host)],
  }
}

/** The error code of a server that tries to listen on a host, such as `ENOTFOUND`; undefined if it can. */
async function findListenProblem(host: string): Promise<string | undefined> {
  const server = createServer().listen({ port: 0, host })
  const code = await once(server, 'listening').then(
    () => undefined,
    (error: unknown) => String((error as NodeJS.ErrnoException).code),
  )
  server.close()
  return code
}
