import { setTimeout } from 'node:timers/promises'
import type { JournaledRequest } from '../control/journal/types.ts'
import { exchangeLines, type ShownExchange } from './request-lines.ts'
import { pino, type DestinationStream, type Logger } from 'pino'

/** Bytes of log lines that wait in memory for a slow reader; further lines are dropped. */
const maxPendingBytes = 1024 * 1024
/** How long closing the log waits for a reader that does not read, in ms. */
const flushTimeoutMs = 500

/** The target of the log, such as `process.stderr`. */
export interface LogOutput {
  readonly fd: number
  readonly isTTY: boolean
  /** Whether it shows colours. Default: it does not. */
  readonly isColored?: boolean
}

/** The log of the program. */
export interface Log {
  readonly logger: Logger
  /** Adds to the lines of a terminal what the journal knows of a request. */
  readonly explain: (find: (id: string) => JournaledRequest) => void
  /** Writes the remaining lines; gives up after half a second. */
  readonly close: () => Promise<void>
}

/**
 * Opens the log on a descriptor: JSON lines, or readable ones on a terminal.
 *
 * If the log cannot be written (a closed pipe, a full disk), its lines are lost and the program goes on.
 */
export async function buildLog(
  level: string,
  { fd, isTTY, isColored = false }: LogOutput,
): Promise<Log> {
  let find: ((id: string) => JournaledRequest) | undefined
  // Not synchronous, not even on a terminal: a paused terminal would block the sandbox.
  const output = pino.destination({ fd, sync: false, maxLength: maxPendingBytes })
  output.on('error', () => undefined)
  const closed = new Promise((resolve) => output.once('close', resolve))
  const diagnosisOf = (id: string | undefined): JournaledRequest['diagnosis'] | undefined => {
    try {
      return id === undefined ? undefined : find?.(id).diagnosis
    } catch {
      return undefined // The journal is off, or has no room for the request any more.
    }
  }
  const stream = isTTY ? await readable(output, isColored, diagnosisOf) : output
  return {
    logger: pino({ level, base: null }, stream),
    explain: (given) => {
      find = given
    },
    close: async () => {
      stream.end()
      await Promise.race([closed, setTimeout(flushTimeoutMs)])
      // Otherwise pino retries at exit until it can write the rest, perhaps forever.
      output.destroy()
    },
  }
}

/** A line of the log, as JSON has it. */
interface LogLine extends Partial<ShownExchange> {
  readonly msg?: string
  readonly err?: { readonly stack?: string }
}

async function readable(
  destination: DestinationStream,
  isColored: boolean,
  diagnosisOf: (id: string | undefined) => JournaledRequest['diagnosis'] | undefined,
) {
  // The default export: the named ones of this CommonJS package do not survive bundling.
  const { default: build } = await import('pino-pretty')
  return build({
    destination,
    hideObject: true,
    translateTime: 'SYS:HH:MM:ss.l',
    colorize: isColored,
    messageFormat: (line) => {
      const { msg, err, status, ...exchange } = line as LogLine
      if (status !== undefined) {
        const diagnosis = diagnosisOf(exchange.id)
        return exchangeLines({ ...exchange, status, diagnosis }, isColored)
      }
      return [msg, err?.stack].filter((text) => text !== undefined).join('\n')
    },
  })
}
