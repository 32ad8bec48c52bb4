import { helpText, parseCommand, type Command } from './command.ts'
import type { ConfigError } from './config.ts'
import { findHealthProblem } from './health.ts'
import { withUsableHost } from './environment.ts'
import { version } from '../version.ts'

async function run(command: Command): Promise<void> {
  if ('warnings' in command) for (const warning of command.warnings) warn(warning)
  switch (command.kind) {
    case 'help':
      print(helpText())
      return
    case 'version':
      print(version)
      return
    case 'health': {
      const problem = await findHealthProblem(command.config)
      if (problem === undefined) print('up')
      else fail(problem, 1)
      return
    }
    case 'requests': {
      const { printRequests } = await import('./requests.ts')
      return printRequests(command, process.stdout)
    }
    case 'trigger': {
      const { trigger } = await import('./trigger.ts')
      process.exitCode = (await trigger(command, print)) ? 0 : 1
      return
    }
    case 'serve': {
      // Not loaded for a health check, which runs every few seconds.
      const { serve } = await import('./serve.ts')
      return serve(command.config)
    }
  }
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
