/** Most bytes that are held of a body that nobody reads, as in the journal. */
export const maxKeptBodyBytes = 16 * 1024

/** How a body ended: it is complete, it is longer than its limit, or the rest of it will not come. */
export type BodyEnd = 'complete' | 'too-large' | Error

const nothing = Buffer.alloc(0)

/** The body of a request as far as it has arrived. It costs memory by its bytes, not by its chunks. */
export class RequestBody {
  /** Bytes that have arrived, those that are not held included. */
  length = 0
  /** Most bytes that are held. */
  #limit: number
  /** The bytes that are held, and room for more. */
  #bytes: Buffer = nothing
  /** The bytes that are kept once nothing more comes, as Latin-1: a character a byte. */
  #kept: string | undefined
  #isOver = false
  /** Undefined as long as the body arrives, and when a reader has been told. */
  #end: BodyEnd | undefined
  #reader: ((end: BodyEnd) => void) | undefined

  /** @param limit - most bytes that may be read; {@link maxKeptBodyBytes} if nobody reads the body */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** The next bytes have arrived. */
  take(chunk: Buffer): void {
    const held = this.#heldLength
    this.length += chunk.length
    if (this.#isOver) return
    const room = this.#limit - held
    this.#append(chunk.length > room ? chunk.subarray(0, room) : chunk, held)
    if (this.length > this.#limit) this.#finish('too-large')
  }

  /** All of it has arrived. */
  end(): void {
    this.#finish('complete')
  }

  /** The rest of it will not arrive. */
  fail(error: Error): void {
    this.#finish(error)
  }

  /** Calls `reader` once, when the body has ended; at once if it has already. */
  read(reader: (end: BodyEnd) => void): void {
    if (this.#end === undefined) this.#reader = reader
    else reader(this.#end)
  }

  /** Nobody reads the body, or nobody does any more: only its first bytes are held from here on. */
  trim(): void {
    if (this.#kept !== undefined) return
    if (this.#isOver) this.#keep()
    else if (!this.#isTrimmed) {
      const kept = this.bytes.subarray(0, maxKeptBodyBytes)
      this.#bytes = copyOf(kept, kept.length)
    }
    this.#limit = Math.min(this.#limit, maxKeptBodyBytes)
  }

  /** The bytes that are held. */
  get bytes(): Buffer {
    if (this.#kept !== undefined) return Buffer.from(this.#kept, 'latin1')
    const held = this.#heldLength
    return this.#bytes.length === held ? this.#bytes : this.#bytes.subarray(0, held)
  }

  /** The bytes that are held, as text; bytes that are not UTF-8 are replaced. */
  get text(): string {
    return this.bytes.toString()
  }

  /** Whether all bytes that have arrived are held. */
  get isWhole(): boolean {
    return this.length === this.#heldLength
  }

  /** Bytes that a body takes that nobody reads; as long as it arrives, the most that it may take. */
  get keptBytes(): number {
    return this.#kept?.length ?? maxKeptBodyBytes
  }

  get #isTrimmed(): boolean {
    return this.#limit <= maxKeptBodyBytes
  }

  get #heldLength(): number {
    return this.#kept?.length ?? Math.min(this.length, this.#limit)
  }

  /** A body of one piece is that piece, unless it is kept: a piece may be a small part of a large buffer. */
  #append(piece: Buffer, held: number): void {
    if (held === 0 && !this.#isTrimmed) {
      this.#bytes = piece
      return
    }
    const needed = held + piece.length
    if (needed > this.#bytes.length) {
      const size = Math.min(Math.max(needed, 2 * this.#bytes.length), this.#limit)
      this.#bytes = copyOf(this.#bytes.subarray(0, held), size)
    }
    piece.copy(this.#bytes, held)
  }

  #finish(end: BodyEnd): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#end = end
    this.#reader?.(end)
    this.#reader = undefined
    if (this.#isTrimmed) this.trim()
  }

  #keep(): void {
    this.#kept = this.bytes.toString('latin1', 0, maxKeptBodyBytes)
    this.#bytes = nothing
    this.#end = undefined // The stack of an error holds on to all that was on it.
  }
}

/** A copy that shares its memory with nothing, and has room for `size` bytes. */
function copyOf(bytes: Buffer, size: number): Buffer {
  const copy = Buffer.allocUnsafeSlow(size)
  bytes.copy(copy)
  return copy
}
