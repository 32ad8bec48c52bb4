import { parseArgs } from 'node:util'
import type { TSchema } from '@sinclair/typebox'
import { isBoolean, isNumeric } from '../base/settings.ts'
import { ConfigError } from './config.ts'
import type { RequestsCommand } from './requests.ts'
import {
  readSettings,
  settings,
  type Environment,
  type Setting,
  type Settings,
} from './environment.ts'

/** The usage of `requests`, for `--help`. */
export const requestsUsage =
  'wink-webhook-mock requests [--follow] [--url <url>] [--admin-token <text>]'

/** The task of the program. */
export type Command =
  | ({ readonly kind: 'serve' } & Settings)
  | ({ readonly kind: 'health' } & Settings)
  | ({ readonly kind: 'requests' } & RequestsCommand)
  | { readonly kind: 'trigger'; readonly argv: readonly string[]; readonly env: Environment }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }

/**
 * Parses the command line; settings without a flag are read from the environment.
 *
 * @param argv - arguments after the name of the program
 * @throws ConfigError for an unknown flag or a value that a setting does not accept
 */
export function parseCommand(argv: readonly string[], env: Environment): Command {
  const [first, ...others] = argv
  if (first === 'requests') {
    return others.includes('--help') ? { kind: 'help' } : { kind: first, argv: others, env }
  }
  if (first === 'trigger') return { kind: first, argv: others, env }
  const kind = first === 'health' ? first : 'serve'
  const { values: flags } = parseFlags(kind === 'health' ? others : argv, settings)
  if (flags['help'] === true) return { kind: 'help' }
  if (flags['version'] === true) return { kind: 'version' }
  return { kind, ...readSettings(flags, env) }
}

/** The flags of a command by name, and its words that are not flags. */
export interface Words {
  readonly values: Readonly<Record<string, string | boolean | undefined>>
  readonly positionals: readonly string[]
}

/**
 * Parses the words of a command.
 *
 * @param allowPositionals - whether words that are not flags are allowed
 * @throws ConfigError for an unknown flag or a flag without value
 */
export function parseFlags(
  argv: readonly string[],
  settings: readonly Setting[],
  allowPositionals = false,
): Words {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals,
      options: {
        ...Object.fromEntries(settings.map(({ flag, schema }) => [flag, flagOf(flag, schema)])),
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    })
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/\.\s|\n/)
    const reason = sentence
      .replace(/\.$/, '')
      .replace('argument is ambiguous', 'has no value; one that begins with a dash goes behind "="')
    throw new ConfigError(`${reason}; wink-webhook-mock --help lists the flags`)
  }
}

/** A flag as `parseArgs` knows it. */
const flagOf = (flag: string, schema: TSchema) => ({
  type: isBoolean(schema) ? ('boolean' as const) : ('string' as const),
  ...(flag === 'port' && { short: 'p' }),
})

/** The text of `--help`. */
export function helpText(): string {
  return [
    'wink-webhook-mock: a sandbox that takes the place of the Wink webhook API in tests.',
    '',
    'Usage: wink-webhook-mock [options]          run a sandbox',
    '       wink-webhook-mock health [options]   ask the sandbox at this host and port whether it is up',
    '       wink-webhook-mock trigger TYPE [options]   have a running sandbox deliver an event; trigger --help lists its options',
    `       ${requestsUsage}`,
    '                                            print the requests of a running sandbox',
    '',
    ...optionTexts(settings),
    '  --help, -h',
    '      Print this and end.',
    '  --version, -v',
    '      Print the version and end.',
    '',
    'A flag comes before its environment variable. The log goes to stderr.',
  ].join('\n')
}

/** The part of a help text about each setting. */
export const optionTexts = (settings: readonly Setting[]): string[] =>
  settings.map(({ flag, variables, schema }) => {
    const value = isBoolean(schema) ? '' : ` <${isNumeric(schema) ? 'number' : 'text'}>`
    const byDefault = schema.default === undefined ? '' : `Default: ${String(schema.default)}. `
    return [
      `  --${flag}${flag === 'port' ? ', -p' : ''}${value}`,
      `      ${String(schema.description)}`,
      `      ${byDefault}Environment: ${variables.join(', ')}.`,
    ].join('\n')
  })
