import { constants } from 'node:os'
import { ConfigError } from './config-error.ts'
import type { Config } from '../control/settings/config.ts'
import { exampleCommand } from '../wink/example-command.ts'
import type { Settings } from './environment.ts'
import { buildLog, type Log, type LogOutput } from './log.ts'
import { configErrorOf, readOptions } from './options.ts'
import { hasColors, type Output } from './output.ts'
import { removePortFile, writePortFile } from './port-file.ts'
import type { StateFileError } from '../control/state/state-file.ts'
import { givenByConfig } from '../control/settings/given.ts'
import { startWith, type Sandbox } from '../sandbox.ts'

/** Ctrl-C under npm sends SIGINT twice, from the terminal and from npm, within this many ms. */
const samePressMs = 100

/** The sandbox cannot listen. */
export class ListenError extends Error {
  override readonly name = 'ListenError'
  readonly exitCode = 1
}

/**
 * Runs a sandbox until SIGTERM or SIGINT.
 *
 * @throws ConfigError if a file that the settings name cannot be used
 * @throws ListenError if it cannot listen, such as on a port in use
 */
export async function serve({ config, origins }: Settings): Promise<void> {
  const { options, source } = readOptions(config)
  const { logFormat, portFile } = config
  removePortFile(portFile)
  const log = await buildLog(config.logLevel, outputOf(process.stderr, logFormat))
  const sandbox = await startWith(
    {
      ...options,
      port: config.port,
      host: config.host,
      stateFile: config.stateFile,
      shutdownTimeoutMs: Math.round(config.shutdownTimeout * 1000),
      logger: log.logger,
    },
    givenByConfig(config, origins),
  ).catch((error: unknown) => {
    throw explain(configErrorOf(error, source) as NodeJS.ErrnoException, config)
  })
  const { url } = sandbox
  if (logFormat === 'json') log.logger.info({ url }, 'listening')

  log.explain((id) => sandbox.requests.get(id))

  let stoppedMs: number | undefined
  const stop = (signal: 'SIGINT' | 'SIGTERM'): void => {
    if (stoppedMs === undefined) {
      stoppedMs = performance.now()
      removePortFile(portFile)
      void end(sandbox, log).then((exitCode) => process.exit(exitCode))
      /* c8 ignore next - two signals within a moment may arrive as one */
    } else if (signal === 'SIGTERM' || performance.now() - stoppedMs > samePressMs) {
      process.exit(128 + constants.signals[signal])
    }
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)
  try {
    writePortFile(portFile, new URL(url).port)
  } catch (error) {
    process.off('SIGINT', stop).off('SIGTERM', stop)
    await sandbox.close()
    throw error
  }

  // A server on all addresses also listens on loopback; not every system can connect to 0.0.0.0.
  const reachable = url.replace(/\/\/(?:0\.0\.0\.0|\[::\]):/, '//localhost:')
  process.stdout.write(
    `listening on ${url}\nconsole: ${reachable}/__admin/\ntry: ${exampleCommand(reachable, options.data ?? {}, config.tlsCert)}\n`,
  )
}

/** Closes a sandbox and the log; gives the exit code. */
async function end(sandbox: Sandbox, log: Log): Promise<number> {
  let exitCode = 0
  try {
    await sandbox.close()
  } catch (error) {
    process.stderr.write(`wink-webhook-mock: ${(error as StateFileError).message}\n`)
    exitCode = 1
  }
  log.logger.info({ webhooks: sandbox.webhooks.list().length }, 'stopped')
  await log.close()
  return exitCode
}

/** The target of the log. */
function outputOf(
  stream: Output & { readonly fd: number; readonly isTTY: boolean },
  format: Config['logFormat'],
): LogOutput {
  const { fd, isTTY } = stream
  const isText = format === 'text' || (format === 'auto' && isTTY)
  return { fd, isTTY: isText, isColored: isText && hasColors(stream) }
}

function explain(error: NodeJS.ErrnoException, { host, port }: Config): Error {
  if (error instanceof ConfigError) return error
  if (error.code === 'EADDRINUSE') {
    const advice = 'choose another with --port or PORT; 0 picks a free one'
    return new ListenError(`port ${port} on ${host} is in use; ${advice}`)
  }
  return new ListenError(`cannot listen on port ${port} of ${host}: ${error.message}`)
}
