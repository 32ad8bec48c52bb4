import { once } from 'node:events'
import { connectBy } from '../client/connect.ts'
import { buildSend, type Fetch } from '../client/http.ts'
import { streamOf, type StreamedEvent } from '../client/stream.ts'
import { baseUrlOf } from './address.ts'
import type { Command } from './command.ts'
import { hasColors, type Output } from './output.ts'
import { requestLines } from './request-lines.ts'
import { SandboxError, sandboxErrorOf } from './sandbox-error.ts'
import { buildFetch, trusting } from './transport.ts'

/** An instant before all that a clock of a sandbox can show. */
const beginning = '0000-01-01T00:00:00Z'

type RequestsCommand = Extract<Command, { kind: 'requests' }>

/**
 * Prints the requests of a running sandbox, as its log on a terminal does. With `--follow`, it goes on until the sandbox
 * ends, the process gets SIGINT or SIGTERM, or nobody reads.
 *
 * @param warn - told when the sandbox has ended
 * @throws SandboxError if no sandbox answers, it refuses, or the connection breaks
 */
export async function printRequests(
  { config, adminToken, isFollowing }: RequestsCommand,
  output: Output,
  warn: (message: string) => void,
): Promise<void> {
  const url = baseUrlOf(config)
  const fetch = buildFetch({ security: trusting(config.tlsCert) })
  const ending = new AbortController()
  const end = (): void => {
    ending.abort()
  }
  if (isFollowing) process.once('SIGINT', end).once('SIGTERM', end)
  output.once('error', end)
  const { signal } = ending
  const events = isFollowing
    ? followedRequests(url, { adminToken, fetch, signal })
    : heldRequests(url, { adminToken, fetch })
  try {
    await printEvents(events, output, signal)
    if (isFollowing) warn(`the sandbox at ${url} has ended`)
  } catch (error) {
    if (signal.aborted) return
    throw sandboxErrorOf(error, url, { ...config, adminToken })
  } finally {
    process.off('SIGINT', end).off('SIGTERM', end)
  }
}

async function printEvents(
  events: AsyncIterable<StreamedEvent>,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  const isColored = hasColors(output)
  for await (const event of events) {
    const lines = linesOf(event, isColored)
    if (lines !== '' && !output.write(lines)) await once(output, 'drain', { signal })
  }
}

/** The lines of an event; none if it is not about requests. */
function linesOf({ event, data }: StreamedEvent, isColored: boolean): string {
  if (event === 'gap') return '… requests are missing here\n'
  return event === 'request' ? `[${data.time}] ${requestLines(data, isColored)}\n` : ''
}

/** The way to the sandbox. */
interface Connection {
  readonly adminToken: string | undefined
  readonly fetch: Fetch
}

async function* heldRequests(
  url: string,
  { adminToken, fetch }: Connection,
): AsyncGenerator<StreamedEvent> {
  const sandbox = await connectBy(buildSend(url, adminToken, fetch), url)
  for (const data of await sandbox.requests.find()) yield { event: 'request', data }
}

/** @throws SandboxError if the connection breaks; a sandbox that stops ends the stream instead */
async function* followedRequests(
  url: string,
  connection: Connection & { readonly signal: AbortSignal },
): AsyncGenerator<StreamedEvent> {
  const progress = { hasBegun: false }
  const onBegin = (): Promise<void> => {
    progress.hasBegun = true
    return Promise.resolve()
  }
  try {
    yield* streamOf(url, { ...connection, since: beginning, onBegin })
  } catch (error) {
    if (!progress.hasBegun) throw error
    throw new SandboxError(
      `the connection to the sandbox at ${url} broke (${(error as Error).message}): it was killed, or the network failed; follow it again once it is up`,
    )
  }
}
