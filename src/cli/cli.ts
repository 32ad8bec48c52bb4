import { helpText, parseCommand, type Command } from './command.ts'
import type { ConfigError } from './config.ts'
import { findHealthProblem } from './health.ts'
import { withUsableHost } from './host-variable.ts'
import { version } from '../version.ts'

async function run(command: Command): Promise<void> {
  if ('warnings' in command) for (const warning of command.warnings) warn(warning)
  switch (command.kind) {
    case 'help': {
      print(helpText())
      return
    }
    case 'version': {
      print(version)
      return
    }
    case 'health': {
      const problem = await findHealthProblem(command.config)
      if (problem === undefined) {
        print('up')
        return
      }
      fail(problem, 1)
      return
    }
    case 'serve': {
      // Loaded only here: a health check every few seconds should cost little.
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

/** Runs the program as this process was called. */
export async function main(): Promise<void> {
  // What the program says is a convenience: a closed pipe or a full disk must not end it.
  process.stdout.on('error', () => undefined)
  process.stderr.on('error', () => undefined)
  try {
    await run(await withUsableHost(parseCommand(process.argv.slice(2), process.env)))
  } catch (error) {
    const { exitCode, message } = error as Partial<ConfigError>
    /* c8 ignore next - an error without exit code is a bug, and its stack says where */
    if (exitCode === undefined || message === undefined) throw error
    fail(message, exitCode)
  }
}
