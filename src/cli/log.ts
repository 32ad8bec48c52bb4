import { setTimeout } from 'node:timers/promises'
import { pino, type DestinationStream, type Logger } from 'pino'

/** How much of the log waits in memory, in bytes, for a slow reader. What comes on top is dropped. */
const maxPendingBytes = 1024 * 1024
/** How long the end of the program waits for a reader of its log that does not read, in ms. */
const flushTimeoutMs = 500

/** The log of the program. */
export interface Log {
  readonly logger: Logger
  /** Waits until all lines are written, or for the reader no longer than is decent. */
  readonly close: () => Promise<void>
}

/**
 * Opens the log on a descriptor: JSON lines, or readable ones on a terminal.
 *
 * A log that cannot be written (a closed pipe, a full disk) is lost and takes nothing else down.
 */
export async function buildLog(
  level: string,
  { fd, isTTY }: { fd: number; isTTY: boolean },
): Promise<Log> {
  // Not synchronous, not even on a terminal: one that is halted would halt the sandbox.
  const output = pino.destination({ fd, sync: false, maxLength: maxPendingBytes })
  output.on('error', () => undefined)
  const closed = new Promise((resolve) => output.once('close', resolve))
  const stream = isTTY ? await readable(output) : output
  return {
    logger: pino({ level, base: null }, stream),
    close: async () => {
      stream.end()
      await Promise.race([closed, setTimeout(flushTimeoutMs)])
      // At exit pino would try again until the rest can be written, which may be never.
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
