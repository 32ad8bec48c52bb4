import type { Delivery } from '../control/deliveries/types.ts'
import type { JournaledRequest } from '../control/journal/types.ts'
import type { ChangedPart } from '../control/types.ts'
import { errorOf, type Fetch } from './http.ts'

/** An event of a stream: a request, a delivery, a part that the control has changed, or that events are missing. */
export type StreamedEvent =
  | { readonly event: 'request'; readonly data: JournaledRequest }
  | { readonly event: 'delivery'; readonly data: Delivery }
  | { readonly event: 'change'; readonly data: { readonly part: ChangedPart } }
  | { readonly event: 'gap'; readonly data: object }

const names: readonly (string | undefined)[] = [
  'request',
  'delivery',
  'change',
  'gap',
] satisfies StreamedEvent['event'][]

/** Options of {@link streamOf}. */
export interface StreamOptions {
  readonly adminToken?: string | undefined
  /** Begins with the requests of the journal from this instant on. Default: with the next one. */
  readonly since?: string
  /** Called when the stream has begun; the events wait for its end. */
  readonly onBegin?: () => Promise<void>
  /** Ends the stream. */
  readonly signal: AbortSignal
  /** Sends the request. Default: the global one. */
  readonly fetch?: Fetch
}

/**
 * Reads the stream of a sandbox until it ends.
 *
 * @param url - base URL of the sandbox, without a trailing slash
 * @throws ApiError if the sandbox refuses
 * @throws Error if the connection breaks, or no sandbox answers so
 */
export async function* streamOf(
  url: string,
  { adminToken, since, onBegin, signal, fetch = globalThis.fetch }: StreamOptions,
): AsyncGenerator<StreamedEvent> {
  const query = since === undefined ? '' : `?since=${encodeURIComponent(since)}`
  const headers = adminToken === undefined ? {} : { authorization: `Bearer ${adminToken}` }
  const response = await fetch(`${url}/__admin/stream${query}`, { headers, signal })
  const isStream = /^text\/event-stream\b/i.test(response.headers.get('content-type') ?? '')
  if (!isStream || !response.body) throw errorOf(response.status, await response.text())
  await onBegin?.()
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
  if (!names.includes(event)) return
  const data = JSON.parse(String(/^data: (.*)$/m.exec(block)?.[1])) as unknown
  yield { event, data } as StreamedEvent
}
