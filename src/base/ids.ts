import { createHash, randomUUID } from 'node:crypto'
import { requireWholeNumber } from './options.ts'

/** Gives a new UUID v4 at each call (RFC 9562 §5.4). */
export type IdSource = () => string

/** Random, unpredictable ids. */
export const randomIds: IdSource = () => randomUUID()

/**
 * Unique ids that cost less than random ones: all begin with the same random digits, and the last twelve count. To be
 * used where an id need not be unpredictable.
 */
export function numberedIds(): IdSource {
  const prefix = randomIds().slice(0, -countDigits)
  let count = 0
  return () => {
    count += 1
    return prefix + count.toString(16).padStart(countDigits, '0')
  }
}

/** Hex digits of the last group of a UUID. */
const countDigits = 12

/**
 * Ids that are the same in every run: valid v4 UUIDs, each a digest of the seed and a counter.
 *
 * @param seed - whole number from 0; another seed gives other ids
 * @param purpose - separates sequences of the same seed
 * @throws RangeError if `seed` is not a whole number from 0
 */
export function seededIds(seed: number, purpose = ''): IdSource {
  requireWholeNumber({ seed }, 0)
  let count = 0
  return () => {
    count += 1
    return seededId(seed, purpose, count)
  }
}

/** The id that {@link seededIds} gives at its call number `number`, counted from 1. */
const seededId = (seed: number, purpose: string, number: number): string =>
  uuidOf(createHash('sha256').update(`${seed}:${purpose}${number}`).digest(), 4)

/** Seeded ids that a reset can start again. */
export class SeededIds {
  readonly #seed: number
  #given = 0
  #givenAtStart = 0

  constructor(seed: number) {
    this.#seed = seed
  }

  /** Number of ids given so far. */
  get given(): number {
    return this.#given
  }

  readonly next: IdSource = () => {
    this.#given += 1
    return seededId(this.#seed, '', this.#given)
  }

  /** Makes the next id the one that {@link rewind} goes back to. */
  mark(): void {
    this.#givenAtStart = this.#given
  }

  /** Gives the ids again that followed the first `given`; default: those since {@link mark}. */
  rewind(given = this.#givenAtStart): void {
    this.#given = given
  }
}

/**
 * An id that is not taken. Random ids need no such check; seeded ids start again after a reset and may meet those
 * of imported webhooks.
 *
 * @param isTaken - tells whether an id is in use
 * @param count - number of ids in use
 * @throws RangeError if `ids` gives only taken ones
 */
export function unusedId(ids: IdSource, isTaken: (id: string) => boolean, count: number): string {
  for (let tried = 0; tried <= count; tried += 1) {
    const id = ids()
    if (!isTaken(id)) return id
  }
  throw new RangeError('ids: gives ids that are taken, and no other')
}

/** The UUID v5 of a name in a namespace: always the same one (RFC 9562 §5.5). */
export function uuidV5(namespace: string, name: string): string {
  const hash = createHash('sha1').update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
  return uuidOf(hash.update(name).digest(), 5)
}

/** The first 16 bytes of a digest as a UUID, with its version and variant set (RFC 9562 §4). */
function uuidOf(digest: Buffer, version: 4 | 5): string {
  digest[6] = (Number(digest[6]) & 0x0f) | (version << 4)
  digest[8] = (Number(digest[8]) & 0x3f) | 0x80
  const hex = digest.toString('hex', 0, 16)
  return [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ]
    .map(([start, end]) => hex.slice(start, end))
    .join('-')
}
