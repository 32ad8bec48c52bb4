import { parseArgs } from 'node:util'
import type { TSchema } from '@sinclair/typebox'
import { Check } from '@sinclair/typebox/value'
import { Config, ConfigError } from './config.ts'
import { expectationOf, isNumeric, settingNames } from '../base/settings.ts'

/** What the program was told to do: serve, ask a sandbox that does, or print something and end. */
export type Command =
  | ({ readonly kind: 'serve' } & Settings)
  | ({ readonly kind: 'health' } & Settings)
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }

/** The settings, from flags and environment. */
export interface Settings {
  readonly config: Config
  /** Whether the host is from `HOST`, which is often set for something else. */
  readonly isHostFromHost: boolean
  /** Variables that were not meant for this program, a sentence each. */
  readonly warnings: readonly string[]
}

interface Setting {
  readonly name: keyof Config
  readonly flag: string
  /** Environment variables, the first that is set counts. */
  readonly variables: readonly string[]
  readonly schema: TSchema
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

/** Settings whose usual environment variable is understood too; other programs read these as well. */
const usualVariables: Partial<Record<keyof Config, string>> = {
  port: 'PORT',
  host: 'HOST',
  logLevel: 'LOG_LEVEL',
}

const settings: readonly Setting[] = (Object.keys(Config.properties) as (keyof Config)[]).map(
  (name) => {
    const { flag, environment } = settingNames(name)
    const usual = usualVariables[name]
    return {
      name,
      flag,
      variables: [environment, ...(usual ? [usual] : [])],
      schema: Config.properties[name],
    }
  },
)

/**
 * Reads the settings: a flag comes before its environment variable, which comes before the default. A variable
 * that is empty or that a container platform wrote counts as not set. `LOG_LEVEL` may be meant for another
 * program: what is no level in it is a warning.
 *
 * @param argv - arguments behind the name of the program
 * @throws ConfigError for an unknown flag or a value that a setting does not take
 */
export function parseCommand(argv: readonly string[], env: NodeJS.ProcessEnv): Command {
  const [kind, flags] =
    argv[0] === 'health'
      ? ['health' as const, parseFlags(argv.slice(1))]
      : ['serve' as const, parseFlags(argv)]
  if (flags['help'] === true) return { kind: 'help' }
  if (flags['version'] === true) return { kind: 'version' }
  const readings = settings.map((setting) => ({ setting, ...read(setting, flags, env) }))
  const values = readings.map(({ setting, value }) => [setting.name, value] as const)
  const config = Object.fromEntries(values.filter(([, value]) => value !== undefined)) as Config
  if (config.data !== undefined && config.dataJson !== undefined) {
    throw new ConfigError(
      'WINK_MOCK_DATA and WINK_MOCK_DATA_JSON (or their flags) exclude each other; set one of them',
    )
  }
  return {
    kind,
    config,
    isHostFromHost: readings.some(({ origin }) => origin === 'HOST'),
    warnings: readings.flatMap(({ warning }) => warning ?? []),
  }
}

function parseFlags(argv: readonly string[]): Record<string, string | boolean | undefined> {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        ...Object.fromEntries(settings.map(({ flag }) => [flag, { type: 'string' }] as const)),
        port: { type: 'string', short: 'p' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    }).values
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/\.\s|\n/)
    const reason = sentence
      .replace(/\.$/, '')
      .replace('argument is ambiguous', 'has no value; one that begins with a dash goes behind "="')
    throw new ConfigError(`${reason}; wink-webhook-mock --help lists the flags`)
  }
}

interface Reading {
  readonly value: unknown
  /** The flag or variable that it is from, if it is not the default. */
  readonly origin?: string
  readonly warning?: string
}

function read(setting: Setting, flags: Record<string, unknown>, env: NodeJS.ProcessEnv): Reading {
  const { name, flag, variables, schema } = setting
  const isSet = Object.hasOwn(flags, flag)
  const origin = isSet ? `--${flag}` : variables.find((variable) => isFor(setting, env[variable]))
  if (origin === undefined) return { value: schema.default }
  const text = String(isSet ? flags[flag] : env[origin])
  const value = valueOf(setting, text)
  if (Check(schema, value)) return { value, origin }
  const shown = schema.writeOnly === true ? '' : `, not "${text}"`
  const problem = `${origin} must be ${expectationOf(schema)}${shown}`
  if (origin !== 'LOG_LEVEL') throw new ConfigError(problem)
  return { value: schema.default, warning: unfit(problem, name, String(schema.default)) }
}

/**
 * Whether a variable holds something for a setting. For a service of the name `wink-mock`, Kubernetes sets
 * `WINK_MOCK_PORT=tcp://10.96.0.1:4010` in all containers; links of Docker do the same.
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
  return isNumeric(schema) && /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : text
}

/** The warning about a variable that may be meant for another program. */
export function unfit(problem: string, name: keyof Config, used: string): string {
  return `${problem}; ${used} is used. ${settingNames(name).environment} is for this program alone.`
}

/** What `--help` prints. */
export function helpText(): string {
  const options = settings.map(({ flag, variables, schema }) => {
    const byDefault = schema.default === undefined ? '' : `Default: ${String(schema.default)}. `
    return [
      `  --${flag}${flag === 'port' ? ', -p' : ''} <${isNumeric(schema) ? 'number' : 'text'}>`,
      `      ${String(schema.description)}`,
      `      ${byDefault}Environment: ${variables.join(', ')}.`,
    ].join('\n')
  })
  return [
    'wink-webhook-mock: a sandbox that takes the place of the Wink webhook API in tests.',
    '',
    'Usage: wink-webhook-mock [options]          run a sandbox',
    '       wink-webhook-mock health [options]   ask the sandbox at this host and port whether it is up',
    '',
    ...options,
    '  --help, -h',
    '      Print this and end.',
    '  --version, -v',
    '      Print the version and end.',
    '',
    'A flag comes before its environment variable. The log goes to stderr.',
  ].join('\n')
}
