import { seededId, type IdSource } from './ids.ts'

/** Ids that are the same in every run, and again after each reset. */
export class SeededIds {
  readonly #seed: number
  #given = 0
  #givenAtStart = 0

  constructor(seed: number) {
    this.#seed = seed
  }

  /** How many ids were given. */
  get given(): number {
    return this.#given
  }

  readonly next: IdSource = () => {
    this.#given += 1
    return seededId(this.#seed, '', this.#given)
  }

  /** From here on {@link rewind} begins again. */
  mark(): void {
    this.#givenAtStart = this.#given
  }

  /** Gives the ids again that came after the first `given`. */
  rewind(given = this.#givenAtStart): void {
    this.#given = given
  }
}
