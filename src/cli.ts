#!/usr/bin/env node
import { constants } from 'node:os'
import { ConfigError, helpText, parseConfig, type Config } from './config.ts'
import { readData, type ConfiguredData } from './data-file.ts'
import { DataError } from './domain/data.ts'
import { exampleCommand } from './example.ts'
import { buildLog } from './log.ts'
import { startSandbox } from './server.ts'
import { version } from './version.ts'

/** A reason why the sandbox did not start that the user can do something about. */
class StartError extends Error {}

async function serve(config: Config, { source, data }: ConfiguredData): Promise<void> {
  const log = await buildLog(config.logLevel, process.stderr)
  const sandbox = await startSandbox({
    port: config.port,
    host: config.host,
    data,
    maxWebhooks: config.maxWebhooks,
    requestTimeoutMs: config.requestTimeout * 1000,
    shutdownTimeoutMs: config.shutdownTimeout * 1000,
    logger: log.logger,
  }).catch((error: unknown) => {
    throw explain(error, config, source)
  })

  let stopping = false
  const stop = (signal: 'SIGINT' | 'SIGTERM'): void => {
    if (stopping) process.exit(128 + constants.signals[signal])
    stopping = true
    void sandbox
      .close()
      .then(log.close)
      .then(() => process.exit(0))
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)

  print(`listening on ${sandbox.url}\ntry: ${exampleCommand(sandbox.url, data)}`)
}

function explain(error: unknown, { host, port }: Config, source: string): Error {
  if (error instanceof DataError) return new ConfigError(`${source}: ${error.message}`)
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') {
    const advice = 'choose another with --port, or --port 0 for a free one'
    return new StartError(`port ${port} on ${host} is in use; ${advice}`)
  }
  return new StartError(`cannot listen on port ${port} of ${host}: ${message}`)
}

function fail(error: unknown): void {
  /* c8 ignore next - anything else is a bug, and its stack says where */
  if (!(error instanceof ConfigError) && !(error instanceof StartError)) throw error
  process.stderr.write(`wink-webhook-mock: ${error.message}\n`)
  process.exitCode = error instanceof ConfigError ? 2 : 1
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

// What the program says is a convenience: a closed pipe or a full disk must not end it.
process.stdout.on('error', () => undefined)

try {
  const command = parseConfig(process.argv.slice(2), process.env)
  if (command.kind === 'help') print(helpText())
  else if (command.kind === 'version') print(version)
  else await serve(command.config, readData(command.config))
} catch (error) {
  fail(error)
}
