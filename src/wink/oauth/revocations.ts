import type { Clock } from '../../base/clock.ts'

/** What of a token says which one it is and how long it matters. */
export interface RevokedToken {
  readonly jti: string
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly exp: number
}

/** The tokens that were revoked (RFC 7009), as many as there is room for. */
export class Revocations {
  readonly #clock: Clock
  readonly #capacity: number
  readonly #expiries = new Map<string, number>()

  constructor(clock: Clock, capacity = 10_000) {
    this.#clock = clock
    this.#capacity = capacity
  }

  has(jti: string): boolean {
    return this.#expiries.has(jti)
  }

  /** Where there is no room, those that have expired make it, and else the oldest. */
  add({ jti, exp }: RevokedToken): void {
    if (this.#expiries.size >= this.#capacity) this.#makeRoom()
    this.#expiries.set(jti, exp)
  }

  clear(): void {
    this.#expiries.clear()
  }

  #makeRoom(): void {
    const nowSeconds = this.#clock() / 1000
    const [oldest] = this.#expiries.keys()
    for (const [jti, exp] of this.#expiries) {
      if (exp <= nowSeconds) this.#expiries.delete(jti)
    }
    if (oldest !== undefined && this.#expiries.size >= this.#capacity) this.#expiries.delete(oldest)
  }
}
