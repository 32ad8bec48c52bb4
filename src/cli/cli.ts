import { parseCommand, type Command } from './command.ts'
import { helpText, healthText, requestsText } from './help.ts'
import type { ConfigError } from './config-error.ts'
import { findHealthProblem } from './health.ts'
import { withUsableHost, type Environment } from './environment.ts'
import type { Output } from './output.ts'
import { version } from '../version.ts'

/** The parts of a process that the program uses. */
export interface Terminal {
  readonly argv: readonly string[]
  readonly env: Environment
  readonly stdin: AsyncIterable<Buffer | string>
  readonly stdout: Output
  readonly stderr: Output
  /** The exit code of the process when it ends. */
  exitCode?: NodeJS.Process['exitCode']
}

/** The task of each command. Each loads its own modules. */
const tasks: {
  readonly [Kind in Command['kind']]: (
    command: Extract<Command, { kind: Kind }>,
    terminal: Terminal,
  ) => void | Promise<void>
} = {
  help: ({ of }, { stdout }) => {
    const texts = { health: healthText, requests: requestsText }
    print(stdout, (of === undefined ? helpText : texts[of])())
  },
  version: (_command, { stdout }) => {
    print(stdout, version)
  },
  check: async ({ config }, { stdout }) => {
    const { check } = await import('./options.ts')
    check(config)
    print(stdout, 'ok')
  },
  // It runs every few seconds.
  health: async ({ config, waitMs }, terminal) => {
    const problem = await findHealthProblem(config, { waitMs })
    if (problem === undefined) print(terminal.stdout, 'up')
    else fail(terminal, problem, 1)
  },
  requests: async (command, terminal) => {
    const { printRequests } = await import('./requests.ts')
    await printRequests(command, terminal.stdout, (message) => {
      warn(terminal, message)
    })
  },
  trigger: async (command, terminal) => {
    const { trigger } = await import('./trigger.ts')
    const isDelivered = await trigger(command, {
      stdin: terminal.stdin,
      print: (line) => {
        print(terminal.stdout, line)
      },
      warn: (message) => {
        warn(terminal, message)
      },
    })
    terminal.exitCode = isDelivered ? 0 : 1
  },
  serve: async (settings) => {
    const { serve } = await import('./serve.ts')
    await serve(settings)
  },
}

async function run(command: Command, terminal: Terminal): Promise<void> {
  if ('warnings' in command) for (const warning of command.warnings) warn(terminal, warning)
  const task = tasks[command.kind] as (command: Command, terminal: Terminal) => void | Promise<void>
  await task(command, terminal)
}

function print(stdout: Output, text: string): void {
  stdout.write(`${text}\n`)
}

function warn({ stderr }: Terminal, message: string): void {
  stderr.write(`wink-webhook-mock: ${message}\n`)
}

function fail(terminal: Terminal, message: string, exitCode: number): void {
  warn(terminal, message)
  terminal.exitCode = exitCode
}

/**
 * Runs the program.
 *
 * @param terminal - arguments, environment and output. Default: those of this process, which a sandbox always uses
 */
export async function main(terminal: Terminal = process): Promise<void> {
  // A closed pipe or a full disk must not end the program.
  for (const output of [terminal.stdout, terminal.stderr]) output.on('error', () => undefined)
  try {
    const command = parseCommand(terminal.argv.slice(2), terminal.env)
    await run('config' in command ? await withUsableHost(command) : command, terminal)
  } catch (error) {
    const { exitCode, message } = error as Partial<ConfigError>
    /* c8 ignore next - an error without exit code is a bug: show its stack */
    if (exitCode === undefined || message === undefined) throw error
    fail(terminal, message, exitCode)
  }
}
