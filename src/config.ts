import { parseArgs } from 'node:util'
import { Type, type Static, type TSchema } from '@sinclair/typebox'
import { Check } from '@sinclair/typebox/value'
import { expectationOf, isNumeric } from './domain/setting-values.ts'
import { settingNames } from './domain/setting-names.ts'
import { maxTokenLifetimeSeconds } from './schemas/data.ts'
import { BaseUrl } from './schemas/kinds.ts'
import { Switches } from './schemas/switches.ts'

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
const daySeconds = 24 * 60 * 60

/**
 * The settings of the program. From the name of each follow its flag (`--max-webhooks`) and its
 * environment variable (`WINK_MOCK_MAX_WEBHOOKS`).
 */
export const Config = Type.Object({
  port: Type.Integer({
    minimum: 0,
    maximum: 65_535,
    default: 4010,
    description: 'Port to listen on; 0 picks a free one.',
  }),
  host: Type.String({
    minLength: 1,
    default: '127.0.0.1',
    description: 'Host name or IP address to listen on.',
  }),
  logLevel: Type.Union(
    levels.map((level) => Type.Literal(level)),
    { default: 'info', description: `What to log: ${levels.join(', ')}.` },
  ),
  data: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'JSON file with the managing entities, tokens and webhooks to start with.',
    }),
  ),
  dataJson: Type.Optional(
    Type.String({ minLength: 1, description: 'The same JSON itself, instead of a file.' }),
  ),
  maxWebhooks: Type.Integer({
    minimum: 0,
    maximum: 100_000_000,
    default: 100_000,
    description: 'How many webhooks may be stored; one more is answered with 503.',
  }),
  maxJournalEntries: Type.Integer({
    minimum: 0,
    maximum: 1_000_000,
    default: 1_000,
    description: 'How many requests the journal keeps; 0: none.',
  }),
  maxJournalBytes: Type.Integer({
    minimum: 0,
    maximum: 2 ** 31 - 1,
    default: 16 * 1024 * 1024,
    description: 'How many bytes the requests in the journal may take together.',
  }),
  adminToken: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'Bearer token that the control API (/__admin) asks for.',
    }),
  ),
  seed: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 2 ** 31 - 1,
      description: 'Makes ids and all else that is left to chance the same in every run.',
    }),
  ),
  tokenLifetime: Type.Integer({
    minimum: 1,
    maximum: maxTokenLifetimeSeconds,
    default: 300,
    description: 'Seconds that an access token of /oauth2/token lives.',
  }),
  publicUrl: Type.Optional(
    Type.Unsafe<string>({
      ...BaseUrl,
      description: 'Base URL that clients know the sandbox by; else it is taken from Host.',
    }),
  ),
  requestTimeout: Type.Number({
    minimum: 0.001,
    maximum: daySeconds,
    default: 30,
    description: 'Seconds for a request to arrive (else 408), and for a client to read on.',
  }),
  maxConnections: Type.Integer({
    minimum: 1,
    maximum: 2 ** 31 - 1,
    default: 5_000,
    description: 'How many connections may be open at a time; one more is closed at once.',
  }),
  shutdownTimeout: Type.Number({
    minimum: 0,
    maximum: daySeconds,
    default: 5,
    description: 'Seconds that requests in flight get to finish after SIGTERM or SIGINT.',
  }),
  ...Switches.properties,
})
export type Config = Static<typeof Config>

/** What the program was told to do: serve, ask a sandbox that does, or print something and end. */
export type Command =
  | { readonly kind: 'serve'; readonly config: Config }
  | { readonly kind: 'health'; readonly config: Config }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }

/** A setting that the program cannot use. The message says which one and what it takes. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly exitCode = 2
}

interface Setting {
  readonly name: keyof Config
  readonly flag: string
  /** Environment variables, the first that is set counts. */
  readonly variables: readonly string[]
  readonly schema: TSchema
}

/** Settings whose usual environment variable is understood too. */
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
 * Reads the settings: a flag comes before its environment variable, which comes before the default. An
 * empty variable counts as not set.
 *
 * @param argv - arguments behind the name of the program
 * @throws ConfigError for an unknown flag or a value that a setting does not take
 */
export function parseConfig(argv: readonly string[], env: NodeJS.ProcessEnv): Command {
  const [kind, flags] =
    argv[0] === 'health'
      ? ['health' as const, parseFlags(argv.slice(1))]
      : ['serve' as const, parseFlags(argv)]
  if (flags['help'] === true) return { kind: 'help' }
  if (flags['version'] === true) return { kind: 'version' }
  const values = settings.map((setting) => [setting.name, valueOf(setting, flags, env)] as const)
  const config = Object.fromEntries(values.filter(([, value]) => value !== undefined)) as Config
  if (config.data !== undefined && config.dataJson !== undefined) {
    throw new ConfigError(
      'WINK_MOCK_DATA and WINK_MOCK_DATA_JSON (or their flags) exclude each other; set one of them',
    )
  }
  return { kind, config }
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

function valueOf(
  { flag, variables, schema }: Setting,
  flags: Record<string, unknown>,
  env: NodeJS.ProcessEnv,
): unknown {
  const variable = variables.find((name) => env[name])
  const [origin, text] = Object.hasOwn(flags, flag)
    ? [`--${flag}`, String(flags[flag])]
    : [variable ?? '', variable && env[variable]]
  if (text === undefined) return schema.default
  const value = isNumeric(schema) && /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : text
  if (!Check(schema, value)) {
    throw new ConfigError(`${origin} must be ${expectationOf(schema)}, not "${text}"`)
  }
  return value
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
