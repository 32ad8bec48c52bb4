import { entityKey } from '../../wink/managing-entity.ts'
import { Observers } from '../../base/observers.ts'
import { ApiError } from '../../base/problems/problems.ts'
import type { Turns } from '../../base/turns.ts'
import { Entry, type Outcome, type RequestFacts } from './entry.ts'
import type { RequestFilter, RequestList } from './types.ts'

/** Limits of the journal. */
export interface JournalLimits {
  /** Maximum number of entries; 0 turns the journal off. */
  readonly maxEntries: number
  /** Maximum memory of all entries together, in bytes, estimated. The last entry is kept whatever its size. */
  readonly maxBytes: number
}

/** The order of a list, and where it ends. */
export interface ListEnds {
  readonly order?: RequestList['order'] | undefined
  readonly limit?: number | undefined
}

/** The last requests with their responses, oldest first. New entries evict the oldest ones. */
export class Journal {
  readonly #limits: JournalLimits
  readonly #observers = new Observers<Entry>()
  /** Entries, oldest first, behind the empty places of those that were evicted. */
  #entries: (Entry | undefined)[] = []
  #evicted = 0
  /** Cache of {@link all} until the entries change. */
  #all: readonly Entry[] | undefined
  #bytes = 0
  #recorded = 0
  #lastEvicted = 0

  constructor(limits: JournalLimits) {
    this.#limits = limits
  }

  /** False if the journal keeps nothing. */
  get isOn(): boolean {
    return this.#limits.maxEntries > 0
  }

  /** Adds an entry, evicts the oldest ones beyond the limits, and notifies the observers. */
  record(facts: RequestFacts, outcome: Outcome): void {
    this.#recorded += 1
    const entry = new Entry(facts, outcome, this.#recorded, this.#entries.at(-1))
    this.#entries.push(entry)
    this.#bytes += entry.bytes
    while (this.#isOver()) this.#evictOldest()
    this.#all = undefined
    this.#observers.notify(entry)
  }

  #isOver(): boolean {
    const { maxEntries, maxBytes } = this.#limits
    const size = this.#entries.length - this.#evicted
    return size > maxEntries || (size > 1 && this.#bytes > maxBytes)
  }

  #evictOldest(): void {
    const oldest = this.#entries[this.#evicted]
    this.#bytes -= Number(oldest?.bytes)
    this.#lastEvicted = Number(oldest?.number)
    this.#entries[this.#evicted] = undefined
    this.#evicted += 1
    // Taking out a single place would move all the others.
    if (2 * this.#evicted <= this.#entries.length) return
    // In place: a copy would leave behind an array that still names all entries.
    this.#entries.splice(0, this.#evicted)
    this.#evicted = 0
  }

  #keep(entries: (Entry | undefined)[]): void {
    this.#entries = entries
    this.#evicted = 0
    this.#all = undefined
  }

  get(id: string): Entry | undefined {
    const key = id.toLowerCase()
    return this.#entries.find((entry) => entry?.id === key)
  }

  /** All entries, oldest first: a snapshot, which all callers share until the entries change. */
  all(): readonly Entry[] {
    this.#all ??= this.#entries.slice(this.#evicted) as Entry[]
    return this.#all
  }

  /** Number of the last entry that was recorded; 0 before the first. */
  get lastNumber(): number {
    return this.#recorded
  }

  /** Number of the last entry that had to make room; 0 if none had. */
  get lastEvicted(): number {
    return this.#lastEvicted
  }

  /** The first entries, at most `count`, behind the one with this number. */
  after(number: number, count: number): Entry[] {
    let [low, high] = [this.#evicted, this.#entries.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (Number(this.#entries[middle]?.number) > number) high = middle
      else low = middle + 1
    }
    return this.#entries.slice(low, low + count) as Entry[]
  }

  /** @throws ApiError `bad-request` if `since` is an id that the journal does not hold */
  find({ order, limit, ...filter }: RequestList): Entry[] {
    return this.#inOrder(order).filter(this.matcher(filter)).slice(0, limit)
  }

  /** The entries that match, found in pieces: other requests are served in between. */
  async findInPieces(
    matches: (entry: Entry) => boolean,
    turns: Turns,
    { order, limit = Infinity }: ListEnds = {},
  ): Promise<Entry[]> {
    const found: Entry[] = []
    for await (const entry of turns.over(this.#inOrder(order))) {
      if (matches(entry)) found.push(entry)
      if (found.length >= limit) break
    }
    return found
  }

  #inOrder(order: RequestList['order']): readonly Entry[] {
    return order === 'desc' ? this.all().toReversed() : this.all()
  }

  /** @throws ApiError `bad-request` if `since` is an id that the journal does not hold */
  remove(filter: RequestFilter): void {
    this.forget(this.find(filter))
  }

  /** Removes those of the entries that are still in the journal. */
  forget(entries: readonly Entry[]): void {
    const forgotten = new Set(entries)
    this.#keep(this.all().filter((entry) => !forgotten.has(entry)))
    this.#bytes = this.all().reduce((sum, { bytes }) => sum + bytes, 0)
  }

  /**
   * Calls `observe` with each entry recorded from now on.
   *
   * @returns a function that stops it
   */
  observe(observe: (entry: Entry) => void): () => void {
    return this.#observers.observe(observe)
  }

  /**
   * Builds a predicate from a filter.
   *
   * @throws ApiError `bad-request` if `since` is an id that the journal does not hold
   */
  matcher(filter: RequestFilter & Pick<RequestList, 'ids'>): (entry: Entry) => boolean {
    const { managingEntityIdentifier, operation, path, status } = filter
    const entity = managingEntityIdentifier && entityKey(managingEntityIdentifier)
    const method = filter.method?.toUpperCase()
    const ids = filter.ids && new Set(filter.ids.map((id) => id.toLowerCase()))
    const isSince = this.#sinceMatcher(filter.since)
    const is = <Value>(wanted: Value | undefined, value: Value): boolean =>
      wanted === undefined || wanted === value
    return (entry) =>
      is(entity, entityKeyOf(entry)) &&
      is(method, entry.method) &&
      is(operation, entry.operation) &&
      is(path, entry.path) &&
      is(status, entry.answer?.status ?? null) &&
      isSince(entry) &&
      ids?.has(entry.id) !== false
  }

  #sinceMatcher(since: string | undefined): (entry: Entry) => boolean {
    if (since === undefined) return () => true
    if (since.includes('T')) {
      const sinceMs = Date.parse(since)
      return ({ timeMs }) => timeMs >= sinceMs
    }
    const last = this.get(since)
    if (last) return ({ number }) => number > last.number
    throw new ApiError('bad-request', `The journal holds no request ${since}; leave "since" out.`, {
      violations: [{ pointer: '#/since', detail: 'must be the id of a request in the journal' }],
    })
  }
}

/** @throws ApiError `conflict` if the journal is off */
export function requireJournal({ isOn }: Journal): void {
  if (isOn) return
  throw new ApiError('conflict', 'The journal is off; start without --max-journal-entries 0.')
}

const entityKeyOf = ({ managingEntityIdentifier }: Entry): string | null =>
  managingEntityIdentifier === null ? null : entityKey(managingEntityIdentifier)
