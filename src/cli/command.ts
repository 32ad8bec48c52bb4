import { parseArgs } from 'node:util'
import { isBoolean, isNumeric } from '../base/settings.ts'
import { ConfigError } from './config.ts'
import { readSettings, settings, type Environment, type Settings } from './environment.ts'

/** The task of the program. */
export type Command =
  | ({ readonly kind: 'serve' } & Settings)
  | ({ readonly kind: 'health' } & Settings)
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }

/**
 * Parses the command line; settings without a flag are read from the environment.
 *
 * @param argv - arguments after the name of the program
 * @throws ConfigError for an unknown flag or a value that a setting does not accept
 */
export function parseCommand(argv: readonly string[], env: Environment): Command {
  const [kind, flags] =
    argv[0] === 'health'
      ? ['health' as const, parseFlags(argv.slice(1))]
      : ['serve' as const, parseFlags(argv)]
  if (flags['help'] === true) return { kind: 'help' }
  if (flags['version'] === true) return { kind: 'version' }
  return { kind, ...readSettings(flags, env) }
}

function parseFlags(argv: readonly string[]): Record<string, string | boolean | undefined> {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        ...Object.fromEntries(
          settings.map(
            ({ flag, schema }) =>
              [flag, { type: isBoolean(schema) ? 'boolean' : 'string' }] as const,
          ),
        ),
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

/** The text of `--help`. */
export function helpText(): string {
  const options = settings.map(({ flag, variables, schema }) => {
    const value = isBoolean(schema) ? '' : ` <${isNumeric(schema) ? 'number' : 'text'}>`
    const byDefault = schema.default === undefined ? '' : `Default: ${String(schema.default)}. `
    return [
      `  --${flag}${flag === 'port' ? ', -p' : ''}${value}`,
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
