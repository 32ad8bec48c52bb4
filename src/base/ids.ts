import { createHash, randomFillSync } from 'node:crypto'
import { requireWholeNumber } from './options.ts'

/** Gives a new UUID v4 at each call (RFC 9562 §5.4). */
export type IdSource = () => string

/** Bytes of a UUID. */
const uuidLength = 16
/** For how many ids random bytes are drawn at a time. */
const idsADraw = 128

/** Ids that nobody can foretell. */
export const randomIds: IdSource = randomSource()

function randomSource(): IdSource {
  const bytes = Buffer.alloc(uuidLength * idsADraw)
  let start = bytes.length
  return () => {
    if (start === bytes.length) {
      randomFillSync(bytes)
      start = 0
    }
    const id = toUuid(bytes, 4, start)
    start += uuidLength
    return id
  }
}

/**
 * Ids that are the same in every run: valid v4 UUIDs, each a digest of the seed and its number.
 *
 * @param seed - whole number from 0; another seed gives other ids
 * @param purpose - sets sequences of the same seed apart
 * @throws RangeError if it is not
 */
export function seededIds(seed: number, purpose = ''): IdSource {
  requireWholeNumber({ seed }, 0)
  let count = 0
  return () => {
    count += 1
    return seededId(seed, purpose, count)
  }
}

/** The id of {@link seededIds} that has this number, from 1. */
export const seededId = (seed: number, purpose: string, number: number): string =>
  toUuid(createHash('sha256').update(`${seed}:${purpose}${number}`).digest(), 4)

/**
 * An id that is not taken: a seed that begins anew gives ids that an imported webhook may have already.
 *
 * @param isTaken - whether there is such an id
 * @param count - how many ids are taken
 * @throws RangeError if `ids` gives taken ones alone
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
  return toUuid(hash.update(name).digest(), 5)
}

const hexDigits = Buffer.from('0123456789abcdef')
/** Where the digits of each byte stand in the text. */
const places = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34]
/** The text of a UUID, written anew each time. */
const characters = Buffer.alloc(36, '-')

/**
 * 16 of `bytes` as a UUID, with its version and variant set (RFC 9562 §4).
 *
 * `randomUUID` of Node.js joins 20 pieces, and whoever reads its text first has to put them together, which
 * takes twice as long in all.
 */
function toUuid(bytes: Buffer, version: 4 | 5, start = 0): string {
  bytes[start + 6] = (Number(bytes[start + 6]) & 0x0f) | (version << 4)
  bytes[start + 8] = (Number(bytes[start + 8]) & 0x3f) | 0x80
  for (let index = 0; index < uuidLength; index += 1) {
    const byte = Number(bytes[start + index])
    const place = Number(places[index])
    characters[place] = Number(hexDigits[byte >> 4])
    characters[place + 1] = Number(hexDigits[byte & 0x0f])
  }
  return characters.toString('latin1')
}
