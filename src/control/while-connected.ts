import type { IncomingMessage } from 'node:http'

/** Does work with a signal that the end of the client's connection aborts. */
export async function whileConnected<Result>(
  { socket }: IncomingMessage,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const gone = new AbortController()
  const abort = (): void => {
    gone.abort()
  }
  socket.once('close', abort)
  try {
    return await work(gone.signal)
  } finally {
    socket.off('close', abort)
  }
}
