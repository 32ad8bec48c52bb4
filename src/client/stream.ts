import type { JournaledRequest } from '../control/journal/types.ts'
import { errorOf } from './http.ts'

/** What a stream sends: a request, or that requests are missing. */
export type StreamedEvent =
  { readonly event: 'request'; readonly data: JournaledRequest } | { readonly event: 'gap' }

/** What to stream. */
export interface StreamOptions {
  readonly adminToken?: string | undefined
  /** Begins with the requests of the journal from this instant on. Default: with the next one. */
  readonly since?: string
  /** Ends the stream. */
  readonly signal: AbortSignal
}

/**
 * Reads the stream of a sandbox until it ends.
 *
 * @param url - base URL of the sandbox, without a trailing slash
 * @throws ApiError if the sandbox refuses
 * @throws Error if the connection breaks
 */
export async function* streamOf(
  url: string,
  { adminToken, since, signal }: StreamOptions,
): AsyncGenerator<StreamedEvent> {
  const query = since === undefined ? '' : `?since=${encodeURIComponent(since)}`
  const headers = adminToken === undefined ? {} : { authorization: `Bearer ${adminToken}` }
  const response = await fetch(`${url}/__admin/stream${query}`, { headers, signal })
  if (!response.ok || !response.body) throw errorOf(response.status, await response.text())
  let text = ''
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    text += piece
    const blocks = text.split('\n\n')
    text = String(blocks.pop())
    for (const block of blocks) yield* eventsOf(block)
  }
}

/** The event of a block. Events with other names are ignored. */
function* eventsOf(block: string): Generator<StreamedEvent> {
  const event = /^event: (.*)$/m.exec(block)?.[1]
  if (event === 'gap') yield { event }
  if (event !== 'request') return
  const data = JSON.parse(String(/^data: (.*)$/m.exec(block)?.[1])) as JournaledRequest
  yield { event, data }
}
