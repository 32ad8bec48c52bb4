/** How much of a body is kept once nobody reads it any more, in bytes. */
export const maxKeptBodyBytes = 16 * 1024

/** The body of a request as far as it has arrived: for who reads it, and then for the journal. */
export class RequestBody {
  /** In bytes. */
  length = 0
  #chunks: Buffer[] | undefined
  #text: string | undefined

  /** The next bytes have arrived, and somebody reads them. */
  add(chunk: Buffer): void {
    if (this.#chunks) this.#chunks.push(chunk)
    else this.#chunks = [chunk]
    this.length += chunk.length
  }

  /** The next bytes have arrived, but nobody reads them: no more is held than is kept. */
  skim(chunk: Buffer): void {
    if (this.length < maxKeptBodyBytes) this.add(chunk)
    else this.length += chunk.length
  }

  /** What is held of it. */
  get bytes(): Buffer {
    const chunks = this.#chunks ?? []
    const [first] = chunks
    return first && chunks.length === 1 ? first : Buffer.concat(chunks)
  }

  /** The same as text; bytes that are not UTF-8 are replaced. */
  get text(): string {
    return this.#text ?? this.bytes.toString()
  }

  /** All of it has arrived: its text is worked out only once. */
  end(): void {
    this.#text = this.bytes.toString()
  }

  /** Nobody reads it any more: all that is left of it is its length and the text of its first bytes. */
  trim(): void {
    this.#text = this.isWhole ? this.text : this.bytes.toString('utf8', 0, maxKeptBodyBytes)
    this.#chunks = undefined
  }

  /** Whether its text is all of it, where nobody reads it any more. */
  get isWhole(): boolean {
    return this.length <= maxKeptBodyBytes
  }
}
