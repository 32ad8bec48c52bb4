import { ConfigError } from './config-error.ts'
import type { Config } from '../control/settings/config.ts'
import { readData } from './data-file.ts'
import { checkPortFile } from './port-file.ts'
import { readTls } from './tls.ts'
import { StateFile, StateFileError } from '../control/state/state-file.ts'
import { retryDelaysOf } from '../control/deliveries/settings.ts'
import { buildSandbox, type AppOptions } from '../app.ts'
import { DataError } from '../wink/data.ts'
import { switchesOf } from '../wink/switches/switches.ts'

/** The options of a sandbox, and the name of the source of its data. */
export interface ReadOptions {
  readonly options: AppOptions
  readonly source: string
}

/**
 * The options that settings stand for. Reads the files that they name.
 *
 * @throws ConfigError if such a file cannot be used
 */
export function readOptions(config: Config): ReadOptions {
  const { source, data } = readData(config)
  const options: AppOptions = {
    data,
    switches: switchesOf(config),
    maxWebhooks: config.maxWebhooks,
    maxWebhookBytes: config.maxWebhookBytes,
    maxJournalEntries: config.maxJournalEntries,
    maxJournalBytes: config.maxJournalBytes,
    adminToken: config.adminToken,
    seed: config.seed,
    tokenLifetimeSeconds: config.tokenLifetime,
    publicUrl: config.publicUrl,
    tls: readTls(config),
    corsOrigins: config.corsOrigin ?? [],
    maxConnections: config.maxConnections,
    requestTimeoutMs: Math.round(config.requestTimeout * 1000),
    deliverTo: config.deliverTo,
    deliveryTimeoutMs: Math.round(config.deliveryTimeout * 1000),
    retryDelaysMs: retryDelaysOf(config.retryDelays),
    deliveryInsecureTls: config.deliveryInsecureTls,
  }
  return { options, source }
}

/** An error of a file that settings name as one that stops the start; any other unchanged. */
export function configErrorOf(error: unknown, source: string): unknown {
  if (error instanceof StateFileError) return new ConfigError(error.message)
  if (error instanceof DataError) return new ConfigError(`${source}: ${error.message}`)
  return error
}

/**
 * Reads everything that a start reads, and does not start.
 *
 * @throws ConfigError with the reason why it would not start
 */
export function check(config: Config): void {
  const { options, source } = readOptions(config)
  try {
    const { state } = buildSandbox(options)
    if (config.stateFile !== undefined) {
      const file = new StateFile(config.stateFile, state)
      file.load()
      file.requireWritable()
    }
  } catch (error) {
    throw configErrorOf(error, source)
  }
  checkPortFile(config.portFile)
}
