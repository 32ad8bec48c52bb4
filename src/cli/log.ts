import { setTimeout } from 'node:timers/promises'
import { pino, type DestinationStream, type Logger } from 'pino'

/** Bytes of log lines that wait in memory for a slow reader; further lines are dropped. */
const maxPendingBytes = 1024 * 1024
/** How long closing the log waits for a reader that does not read, in ms. */
const flushTimeoutMs = 500

/** The log of the program. */
export interface Log {
  readonly logger: Logger
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
  { fd, isTTY }: { fd: number; isTTY: boolean },
): Promise<Log> {
  // Not synchronous, not even on a terminal: a paused terminal would block the sandbox.
  const output = pino.destination({ fd, sync: false, maxLength: maxPendingBytes })
  output.on('error', () => undefined)
  const closed = new Promise((resolve) => output.once('close', resolve))
  const stream = isTTY ? await readable(output) : output
  return {
    logger: pino({ level, base: null }, stream),
    close: async () => {
      stream.end()
      await Promise.race([closed, setTimeout(flushTimeoutMs)])
      // Otherwise pino retries at exit until it can write the rest, perhaps forever.
      output.destroy()
    },
  }
}

async function readable(destination: DestinationStream) {
  // The default export: the named ones of this CommonJS package do not survive bundling.
  const { default: build } = await import('pino-pretty')
  return build({
    destination,
    hideObject: true,
    translateTime: 'SYS:HH:MM:ss.l',
    messageFormat:
      '{if method}{method} {path} {end}{if status}{status} {end}{if ms}{ms} ms {end}{detail}{msg}{if err.stack}\n{err.stack}{end}',
  })
}
