import { seededIds, type IdSource } from '../domain/uuid.ts'

/** Ids that are the same in every run, and again after each reset. */
export class SeededIds {
  readonly #seed: number
  #ids: IdSource
  #given = 0
  #givenAtStart = 0

  constructor(seed: number) {
    this.#seed = seed
    this.#ids = seededIds(seed)
  }

  readonly next: IdSource = () => {
    this.#given += 1
    return this.#ids()
  }

  /** From here on {@link rewind} begins again. */
  mark(): void {
    this.#givenAtStart = this.#given
  }

  rewind(): void {
    this.#ids = seededIds(this.#seed)
    this.#given = 0
    while (this.#given < this.#givenAtStart) this.next()
  }
}
