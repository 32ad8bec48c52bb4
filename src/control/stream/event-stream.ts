import type { ServerResponse } from 'node:http'
import type { Turns } from '../../base/turns.ts'
import type { Entry } from '../journal/entry.ts'
import type { Journal } from '../journal/store.ts'
import { journaledRequest } from '../journal/view.ts'
import type { Changes } from '../changes.ts'
import type { Deliveries } from '../deliveries/deliveries.ts'
import type { DeliveryRecord } from '../deliveries/delivery.ts'
import type { Lazy } from '../../base/lazy.ts'
import { Notices } from './notices.ts'
import type { StreamPosition } from './position.ts'
import { eventText, heartbeatText, openingText } from './event-text.ts'

/** Number of requests that are taken out of the journal at a time. */
const batchSize = 100
/** Length of a text after which it is sent, in characters. */
const pieceLength = 64 * 1024
/** How often a silent stream shows that it lives, in ms. */
const heartbeatMs = 15_000

/** Header fields of a stream. */
export const streamHeaders = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  // Otherwise nginx would hold events back.
  'x-accel-buffering': 'no',
}

/** Dependencies of an {@link EventStream}. */
export interface StreamParts {
  readonly journal: Journal
  readonly turns: Turns
  readonly matches: (entry: Entry) => boolean
  /** The beginning of the stream. */
  readonly start: StreamPosition
  readonly changes: Changes
  readonly deliveries: Lazy<Deliveries>
  readonly matchesDelivery: (delivery: DeliveryRecord) => boolean
}

/**
 * Sends the entries of the journal behind a position, and all that come; beside them, deliveries and changes as they
 * happen.
 *
 * The journal is the only buffer: for a slow reader it may drop entries before they are sent, and the stream then has a
 * gap, which it tells.
 */
export class EventStream {
  readonly #response: ServerResponse
  readonly #parts: StreamParts
  readonly #endings: readonly (() => void)[]
  readonly #notices = new Notices()
  readonly #heartbeat: NodeJS.Timeout
  /** Number of the last entry that was sent or passed over. */
  #number: number
  #isSending = false

  constructor(response: ServerResponse, parts: StreamParts) {
    this.#response = response
    this.#parts = parts
    this.#number = parts.start.number
    response.writeHead(200, streamHeaders)
    response.write(openingText + (parts.start.hasGap ? gapText : ''))
    this.#endings = [
      parts.journal.observe(() => {
        this.#wake()
      }),
      parts.deliveries.value.observe((delivery) => {
        if (!parts.matchesDelivery(delivery)) return
        this.#notices.addDelivery(delivery)
        this.#wake()
      }),
      parts.changes.observe((part) => {
        this.#notices.addChange(part)
        this.#wake()
      }),
    ]
    this.#heartbeat = setInterval(() => {
      if (response.writableLength === 0) response.write(heartbeatText)
    }, heartbeatMs)
    this.#heartbeat.unref()
    response.on('drain', () => {
      this.#wake()
    })
    response.once('close', () => {
      this.#stop()
    })
    this.#wake()
  }

  /** Sends what is left, as far as the client reads, and ends the stream; breaks it off if the client does not read on. */
  end(): void {
    this.#stop()
    while (this.#isWritable && this.#sendNext());
    if (this.#response.writableNeedDrain) this.#response.destroy()
    else this.#response.end()
  }

  #stop(): void {
    clearInterval(this.#heartbeat)
    for (const end of this.#endings) end()
  }

  #wake(): void {
    if (this.#isSending) return
    this.#isSending = true
    void this.#sendAll().finally(() => {
      this.#isSending = false
    })
  }

  /** Sends what there is, until the client does not read on. */
  async #sendAll(): Promise<void> {
    do {
      // The journal has a request before its answer is sent: that goes first.
      await this.#parts.turns.next()
      if (!this.#isWritable) return
    } while (this.#sendNext())
  }

  get #isWritable(): boolean {
    return (
      !this.#response.writableEnded &&
      !this.#response.destroyed &&
      !this.#response.writableNeedDrain
    )
  }

  /** @returns whether there may be more */
  #sendNext(): boolean {
    const { journal, matches } = this.#parts
    const entries = journal.after(this.#number, batchSize)
    let text = ''
    if (journal.lastEvicted > this.#number) {
      text = gapText
      this.#number = journal.lastEvicted
    }
    for (const entry of entries) {
      if (text.length > pieceLength) break
      if (matches(entry)) text += requestText(entry)
      this.#number = entry.number
    }
    text += this.#notices.take(pieceLength - text.length)
    if (text !== '') this.#response.write(text)
    return entries.length > 0 || text !== ''
  }
}

const gapText = eventText({ event: 'gap', data: {} })

const requestText = (entry: Entry): string =>
  eventText({ event: 'request', id: entry.id, data: journaledRequest(entry) })
