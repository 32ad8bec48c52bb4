import { parseArgs, type ParseArgsConfig } from 'node:util'
import type { TSchema } from '@sinclair/typebox'
import { isBoolean, isList } from '../base/settings.ts'
import { ConfigError } from './config-error.ts'
import {
  addressSettings,
  controlSettings,
  readAddress,
  readControl,
  type Address,
  type ControlSettings,
} from './address.ts'
import { argumentsOf } from './process-flags.ts'
import {
  readSettings,
  settings,
  type Environment,
  type Setting,
  type Settings,
} from './environment.ts'

/** The task of the program. */
export type Command =
  | ({ readonly kind: 'serve' } & Settings)
  | ({ readonly kind: 'check' } & Settings)
  | ({ readonly kind: 'health'; readonly waitMs: number } & Settings<Address>)
  | ({
      readonly kind: 'requests'
      /** Whether it goes on with the requests that come. */
      readonly isFollowing: boolean
    } & ControlSettings)
  | { readonly kind: 'trigger'; readonly argv: readonly string[]; readonly env: Environment }
  | { readonly kind: 'help'; readonly of?: 'health' | 'requests' }
  | { readonly kind: 'version' }

/** The longest time that `health` waits, in seconds. */
const maxWaitSeconds = 24 * 60 * 60

/** The words that begin a command line; without one, a sandbox is served. */
const words = ['health', 'requests', 'help', 'version'] as const
/** The flags of a command that are no settings. */
const ownFlags = {
  serve: { check: { type: 'boolean' } },
  health: { wait: { type: 'string' }, process: { type: 'string' } },
  requests: { follow: { type: 'boolean', short: 'f' } },
  help: {},
  version: {},
} as const
/** The settings of a command. */
const settingsFor = {
  serve: settings,
  health: addressSettings,
  requests: controlSettings,
  help: settings,
  version: settings,
}

/**
 * Parses the command line; settings without a flag are read from the environment.
 *
 * @param argv - arguments after the name of the program
 * @throws ConfigError for an unknown flag or a value that a setting does not accept
 */
export function parseCommand(argv: readonly string[], env: Environment): Command {
  const [first, ...others] = argv
  if (first === 'trigger') return { kind: first, argv: others, env }
  const word = words.find((known) => known === first)
  const kind = word ?? 'serve'
  const { values: flags } = parseFlags(word === undefined ? argv : others, settingsFor[kind], {
    own: ownFlags[kind],
    command: word,
  })
  if (kind === 'help' || kind === 'version') return { kind }
  if (flags['help'] === true)
    return kind === 'serve' ? { kind: 'help' } : { kind: 'help', of: kind }
  if (flags['version'] === true) return { kind: 'version' }
  return commandOf[kind](flags, env)
}

const commandOf = { serve: serveCommand, health: healthCommand, requests: requestsCommand }

function serveCommand(flags: Words['values'], env: Environment): Command {
  return { kind: flags['check'] === true ? 'check' : 'serve', ...readSettings(flags, env) }
}

function requestsCommand(flags: Words['values'], env: Environment): Command {
  return { kind: 'requests', isFollowing: flags['follow'] === true, ...readControl(flags, env) }
}

function healthCommand(flags: Words['values'], env: Environment): Command {
  const { process: pid, wait } = flags
  const argv = typeof pid === 'string' ? argumentsOf(pid) : []
  const { values: theirs } = parseFlags(argv, settings, { own: ownFlags.serve })
  return {
    kind: 'health',
    waitMs: waitMsOf(wait),
    ...readAddress({ ...theirs, ...flags }, env),
  }
}

function waitMsOf(text: unknown = '0'): number {
  const seconds = /^\d+(?:\.\d+)?$/.test(String(text)) ? Number(text) : Infinity
  if (seconds <= maxWaitSeconds) return seconds * 1000
  throw new ConfigError(
    `--wait must be a number from 0 to ${maxWaitSeconds} (seconds), not "${String(text)}"`,
  )
}

/** The flags of a command by name, and its words that are not flags. */
export interface Words {
  readonly values: Readonly<Record<string, unknown>>
  readonly positionals: readonly string[]
}

/** The words of a command beside its settings. */
export interface OtherWords {
  /** Flags that are no settings. Default: none. */
  readonly own?: NonNullable<ParseArgsConfig['options']>
  /** Whether words that are not flags are allowed. Default: no. */
  readonly allowPositionals?: boolean
  /** The word of the command. Default: none, a sandbox is served. */
  readonly command?: string | undefined
}

/**
 * Parses the words of a command.
 *
 * @throws ConfigError for an unknown flag or a flag without value
 */
export function parseFlags(
  argv: readonly string[],
  settings: readonly Setting[],
  { own = {}, allowPositionals = false, command }: OtherWords = {},
): Words {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals,
      options: {
        ...Object.fromEntries(settings.map(({ flag, schema }) => [flag, flagOf(flag, schema)])),
        ...own,
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    })
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/\.\s|\n/)
    const reason = sentence
      .replace(/\.$/, '')
      .replace('argument is ambiguous', 'has no value; one that begins with a dash goes behind "="')
    const program = ['wink-webhook-mock', command ?? []].flat().join(' ')
    throw new ConfigError(`${reason}; ${program} --help lists the flags`)
  }
}

/** A flag as `parseArgs` knows it. */
const flagOf = (flag: string, schema: TSchema) => ({
  type: isBoolean(schema) ? ('boolean' as const) : ('string' as const),
  multiple: isList(schema),
  ...(flag === 'port' && { short: 'p' }),
})
