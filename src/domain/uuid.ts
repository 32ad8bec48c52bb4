import { createHash, randomUUID } from 'node:crypto'
import { requireWholeNumber } from './options.ts'

/** Gives a new UUID v4 at each call (RFC 9562 §5.4). */
export type IdSource = () => string

/** Ids that nobody can foretell. */
export const randomIds: IdSource = randomUUID

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
    return toUuid(createHash('sha256').update(`${seed}:${purpose}${count}`).digest(), 4)
  }
}

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

/** The first 16 of `bytes` as a UUID, with its version and variant set (RFC 9562 §4). */
function toUuid(bytes: Buffer, version: 4 | 5): string {
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | (version << 4), 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
