import { constants } from 'node:os'
import { ConfigError, type Config } from './config.ts'
import { readData } from './data-file.ts'
import { DataError } from '../wink/data.ts'
import { retryDelaysOf } from '../control/deliveries/settings.ts'
import { switchesOf } from '../wink/switches/switches.ts'
import { exampleCommand } from './example.ts'
import { buildLog, type Log } from './log.ts'
import { StateFileError } from '../control/state/state-file.ts'
import { startSandbox, type Sandbox } from '../sandbox.ts'

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
 * @throws ConfigError if the initial data are invalid
 * @throws ListenError if it cannot listen, such as on a port in use
 */
export async function serve(config: Config): Promise<void> {
  const { source, data } = readData(config)
  const log = await buildLog(config.logLevel, terminalOf(process.stderr))
  const sandbox = await startSandbox({
    port: config.port,
    host: config.host,
    data,
    stateFile: config.stateFile,
    switches: switchesOf(config),
    maxWebhooks: config.maxWebhooks,
    maxWebhookBytes: config.maxWebhookBytes,
    maxJournalEntries: config.maxJournalEntries,
    maxJournalBytes: config.maxJournalBytes,
    adminToken: config.adminToken,
    seed: config.seed,
    tokenLifetimeSeconds: config.tokenLifetime,
    publicUrl: config.publicUrl,
    maxConnections: config.maxConnections,
    requestTimeoutMs: Math.round(config.requestTimeout * 1000),
    shutdownTimeoutMs: Math.round(config.shutdownTimeout * 1000),
    deliverTo: config.deliverTo,
    deliveryTimeoutMs: Math.round(config.deliveryTimeout * 1000),
    retryDelaysMs: retryDelaysOf(config.retryDelays),
    deliveryInsecureTls: config.deliveryInsecureTls,
    logger: log.logger,
  }).catch((error: unknown) => {
    throw explain(error as NodeJS.ErrnoException, config, source)
  })

  log.explain((id) => sandbox.requests.get(id))

  let stoppedMs: number | undefined
  const stop = (signal: 'SIGINT' | 'SIGTERM'): void => {
    if (stoppedMs === undefined) {
      stoppedMs = performance.now()
      void end(sandbox, log).then((exitCode) => process.exit(exitCode))
      /* c8 ignore next - two signals within a moment may arrive as one */
    } else if (signal === 'SIGTERM' || performance.now() - stoppedMs > samePressMs) {
      process.exit(128 + constants.signals[signal])
    }
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)

  // A server on all addresses also listens on loopback; not every system can connect to 0.0.0.0.
  const reachable = sandbox.url.replace(/\/\/(?:0\.0\.0\.0|\[::\]):/, '//localhost:')
  process.stdout.write(
    `listening on ${sandbox.url}\ntry: ${exampleCommand(reachable, data ?? {})}\n`,
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

/** Node.js knows from `NO_COLOR` and the like whether a terminal shows colours. */
const terminalOf = (stream: NodeJS.WriteStream & { readonly fd: number }) => ({
  fd: stream.fd,
  isTTY: stream.isTTY,
  isColored: stream.isTTY && stream.hasColors(),
})

function explain(error: NodeJS.ErrnoException, { host, port }: Config, source: string): Error {
  if (error instanceof StateFileError) return new ConfigError(error.message)
  if (error instanceof DataError) return new ConfigError(`${source}: ${error.message}`)
  if (error.code === 'EADDRINUSE') {
    const advice = 'choose another with --port or PORT; 0 picks a free one'
    return new ListenError(`port ${port} on ${host} is in use; ${advice}`)
  }
  return new ListenError(`cannot listen on port ${port} of ${host}: ${error.message}`)
}
