import { parseCommand, type Command } from './command.ts'
import { helpText } from './help.ts'
import type { ConfigError } from './config.ts'
import { findHealthProblem } from './health.ts'
import { withUsableHost } from './environment.ts'
import { version } from '../version.ts'

/** The task of each command. What a command needs is loaded for it alone. */
const tasks: {
  readonly [Kind in Command['kind']]: (
    command: Extract<Command, { kind: Kind }>,
  ) => void | Promise<void>
} = {
  help: () => {
    print(helpText())
  },
  version: () => {
    print(version)
  },
  check: async ({ config }) => {
    const { check } = await import('./options.ts')
    check(config)
    print('ok')
  },
  // It runs every few seconds.
  health: async ({ config, waitMs }) => {
    const problem = await findHealthProblem(config, { waitMs })
    if (problem === undefined) print('up')
    else fail(problem, 1)
  },
  requests: async (command) => {
    if (command.argv.includes('--help')) {
      print(helpText())
      return
    }
    const { printRequests } = await import('./requests.ts')
    await printRequests(command, process.stdout)
  },
  trigger: async (command) => {
    const { trigger } = await import('./trigger.ts')
    process.exitCode = (await trigger(command, print)) ? 0 : 1
  },
  serve: async ({ config }) => {
    const { serve } = await import('./serve.ts')
    await serve(config)
  },
}

async function run(command: Command): Promise<void> {
  if ('warnings' in command) for (const warning of command.warnings) warn(warning)
  const task = tasks[command.kind] as (command: Command) => void | Promise<void>
  await task(command)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

function warn(message: string): void {
  process.stderr.write(`wink-webhook-mock: ${message}\n`)
}

function fail(message: string, exitCode: number): void {
  warn(message)
  process.exitCode = exitCode
}

/** Runs the program with the arguments and environment of this process. */
export async function main(): Promise<void> {
  // A closed pipe or a full disk must not end the program.
  process.stdout.on('error', () => undefined)
  process.stderr.on('error', () => undefined)
  try {
    const command = parseCommand(process.argv.slice(2), process.env)
    await run('config' in command ? await withUsableHost(command) : command)
  } catch (error) {
    const { exitCode, message } = error as Partial<ConfigError>
    /* c8 ignore next - an error without exit code is a bug: show its stack */
    if (exitCode === undefined || message === undefined) throw error
    fail(message, exitCode)
  }
}
