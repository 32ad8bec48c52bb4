/** An event of a stream (HTML, Server-sent events). */
export interface StreamEvent {
  readonly event: string
  /** Position behind the event, for `Last-Event-ID`. Default: the position stays. */
  readonly id?: string
  readonly data: object
}

/** Time after which a client connects again, in ms. */
const retryMs = 1_000

/** The beginning of a stream. */
export const openingText = `retry: ${retryMs}\n\n`

/** A line that says nothing, and shows that the connection lives. */
export const heartbeatText = ':\n\n'

/** An event as it is sent. JSON has no line break outside its strings, and escapes those within. */
export const eventText = ({ event, id, data }: StreamEvent): string =>
  `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`
