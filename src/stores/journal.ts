import { entityKey } from '../domain/entity.ts'
import type { Exchange, Outcome, RequestFacts } from '../domain/exchange.ts'
import { ApiError } from '../domain/problems.ts'
import type { RequestFilter } from '../schemas/journal.ts'
import { entryOf, type Entry } from './journal-entry.ts'
import { Queue } from './queue.ts'

/** How many exchanges the journal keeps, and how much of them. */
export interface JournalLimits {
  /** Number of exchanges; 0: none. */
  readonly maxEntries: number
  /** Bytes of all of them together, roughly; the last one is kept however large it is. */
  readonly maxBytes: number
}

interface Waiter {
  readonly matches: (entry: Entry) => boolean
  readonly count: number
  readonly settle: () => void
  seen: number
}

/** A wait that is under way. */
export interface Wait {
  /** How many exchanges it has seen, those that the journal has forgotten since included. */
  readonly seen: () => number
  /** Those of them that the journal still holds, oldest first. */
  readonly found: () => Exchange[]
  readonly end: () => void
}

/** The last exchanges, oldest first; the oldest make room for new ones. */
export class Journal {
  readonly #limits: JournalLimits
  readonly #waiters = new Set<Waiter>()
  #entries = new Queue<Entry>()
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
    for (const waiter of this.#waiters) this.#tell(waiter, entry)
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

  /** @throws ApiError `bad-request` if `since` is an id that the journal does not hold */
  find(filter: RequestFilter): Exchange[] {
    return this.#entries.filter(this.#matcher(filter))
  }

  /** Forgets exchanges. */
  remove(filter: RequestFilter): void {
    const matches = this.#matcher(filter)
    const kept = this.#entries.filter((entry) => !matches(entry))
    this.#entries = new Queue(kept)
    this.#bytes = kept.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  /** Calls `settle` once there have been `count` exchanges, those that are there already included. */
  wait(filter: RequestFilter, count: number, settle: () => void): Wait {
    const matches = this.#matcher(filter)
    const waiter: Waiter = { matches, count, settle, seen: this.#entries.filter(matches).length }
    if (waiter.seen >= count) settle()
    else this.#waiters.add(waiter)
    return {
      seen: () => waiter.seen,
      found: () => this.#entries.filter(matches),
      end: () => this.#waiters.delete(waiter),
    }
  }

  #tell(waiter: Waiter, entry: Entry): void {
    if (!waiter.matches(entry)) return
    waiter.seen += 1
    if (waiter.seen < waiter.count) return
    this.#waiters.delete(waiter)
    waiter.settle()
  }

  #matcher(filter: RequestFilter): (entry: Entry) => boolean {
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

const entityKeyOf = ({ managingEntityIdentifier }: Exchange): string | null =>
  managingEntityIdentifier === null ? null : entityKey(managingEntityIdentifier)
