import { entityKey } from '../../wink/webhooks/entity.ts'
import type { Exchange, Outcome, RequestFacts } from './exchange.ts'
import { ApiError } from '../../base/problems/problems.ts'
import type { RequestFilter } from './schema.ts'
import { entryOf, type Entry } from './entry.ts'
import { Queue } from '../../base/queue.ts'

/** How many exchanges the journal keeps, and how much of them. */
export interface JournalLimits {
  /** Number of exchanges; 0: none. */
  readonly maxEntries: number
  /** Bytes of all of them together, roughly; the last one is kept however large it is. */
  readonly maxBytes: number
}

/** The last exchanges, oldest first; the oldest make room for new ones. */
export class Journal {
  readonly #limits: JournalLimits
  readonly #observers = new Set<(entry: Entry) => void>()
  #entries = new Queue<Entry>()
  /** All entries, once somebody asked for them, until there are others. */
  #all: readonly Entry[] | undefined
  #bytes = 0
  #recorded = 0

  constructor(limits: JournalLimits) {
    this.#limits = limits
  }

  /** Whether anything is kept at all. */
  get isOn(): boolean {
    return this.#limits.maxEntries > 0
  }

  record(facts: RequestFacts, outcome: Outcome): void {
    this.#recorded += 1
    const entry = entryOf(facts, outcome, this.#recorded, this.#entries.last)
    this.#entries.push(entry)
    this.#bytes += entry.bytes
    while (this.#isOver()) this.#bytes -= Number(this.#entries.shift()?.bytes)
    this.#all = undefined
    for (const observe of this.#observers) observe(entry)
  }

  #isOver(): boolean {
    const { maxEntries, maxBytes } = this.#limits
    const { length } = this.#entries
    return length > maxEntries || (length > 1 && this.#bytes > maxBytes)
  }

  get(id: string): Exchange | undefined {
    return this.#entryOf(id)
  }

  #entryOf(id: string): Entry | undefined {
    const key = id.toLowerCase()
    return this.#entries.find((entry) => entry.id === key)
  }

  /** All entries, oldest first: those of now, whatever comes. */
  all(): readonly Entry[] {
    this.#all ??= this.#entries.filter(() => true)
    return this.#all
  }

  /** @throws ApiError `bad-request` if `since` is an id that the journal does not hold */
  find(filter: RequestFilter): Exchange[] {
    return this.#entries.filter(this.matcher(filter))
  }

  /** Forgets exchanges. */
  remove(filter: RequestFilter): void {
    this.#keep(this.#entries.filter(not(this.matcher(filter))))
  }

  /** Forgets these exchanges. */
  forget(entries: ReadonlySet<Entry>): void {
    this.#keep(this.#entries.filter((entry) => !entries.has(entry)))
  }

  #keep(kept: Entry[]): void {
    this.#entries = new Queue(kept)
    this.#all = undefined
    this.#bytes = kept.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  /**
   * Has each exchange told to `observe` that is recorded from here on.
   *
   * @returns what ends it
   */
  observe(observe: (entry: Entry) => void): () => void {
    this.#observers.add(observe)
    return () => this.#observers.delete(observe)
  }

  /**
   * Whether an exchange is one of those that a filter means.
   *
   * @throws ApiError `bad-request` if `since` is an id that the journal does not hold
   */
  matcher(filter: RequestFilter): (entry: Entry) => boolean {
    const { method, operation, status } = filter
    const entity =
      filter.managingEntityIdentifier === undefined
        ? undefined
        : entityKey(filter.managingEntityIdentifier)
    const isSince = this.#sinceMatcher(filter.since)
    return (entry) =>
      (entity === undefined || entity === entityKeyOf(entry)) &&
      (method === undefined || method.toUpperCase() === entry.method) &&
      (operation === undefined || operation === entry.operation) &&
      (status === undefined || status === entry.status) &&
      isSince(entry)
  }

  #sinceMatcher(since: string | undefined): (entry: Entry) => boolean {
    if (since === undefined) return () => true
    if (since.includes('T')) {
      const sinceMs = Date.parse(since)
      return ({ timeMs }) => timeMs >= sinceMs
    }
    const last = this.#entryOf(since)
    if (last) return ({ number }) => number > last.number
    throw new ApiError('bad-request', `The journal holds no request ${since}; leave "since" out.`, {
      violations: [{ pointer: '#/since', detail: 'must be the id of a request in the journal' }],
    })
  }
}

const not =
  (matches: (entry: Entry) => boolean) =>
  (entry: Entry): boolean =>
    !matches(entry)

const entityKeyOf = ({ managingEntityIdentifier }: Exchange): string | null =>
  managingEntityIdentifier === null ? null : entityKey(managingEntityIdentifier)
