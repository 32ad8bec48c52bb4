/** Gives a number from 0 up to, but not including, 1. */
export type RandomSource = () => number

/**
 * Numbers that are the same in every run (mulberry32: small, fast, good enough for test data).
 *
 * @param seed - whole number from 0 to 2³¹ - 1
 */
export function seededRandom(seed: number): RandomSource {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
}
