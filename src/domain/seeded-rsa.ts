import { checkPrime, createHash, createPrivateKey, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'

const isPrime = promisify(checkPrime)

const primeBits = 1024n
const publicExponent = 65_537n

/**
 * The RSA key of 2048 bits that belongs to a seed: Node.js generates keys from chance alone, and a sandbox
 * with the same seed must verify what another has signed. It is as public as its seed, and no secret.
 *
 * @param seed - whole number from 0
 * @returns the private key, which holds the public one (RFC 8017 §3.2)
 */
export async function seededRsaKey(seed: number): Promise<KeyObject> {
  const [p, q] = await Promise.all([seededPrime(`${seed}:rsa-p`), seededPrime(`${seed}:rsa-q`)])
  const d = inverse(publicExponent, (p - 1n) * (q - 1n))
  const numbers = {
    n: p * q,
    e: publicExponent,
    d,
    p,
    q,
    dp: d % (p - 1n),
    dq: d % (q - 1n),
    qi: inverse(q, p),
  }
  const members = Object.entries(numbers).map(([name, value]) => [name, base64url(value)] as const)
  const key = { kty: 'RSA', ...Object.fromEntries(members) }
  return createPrivateKey({ key, format: 'jwk' })
}

/** The first prime from a number on that the label decides. */
async function seededPrime(label: string): Promise<bigint> {
  const blocks = [0, 1, 2, 3].map((block) => createHash('sha256').update(`${label}${block}`))
  const start = BigInt(`0x${blocks.map((hash) => hash.digest('hex')).join('')}`)
  // The two highest bits make the product of two such primes 2048 bits long.
  let candidate = start | (0b11n << (primeBits - 2n)) | 1n
  while (candidate % publicExponent === 1n || !(await isPrime(candidate))) candidate += 2n
  return candidate
}

/** The inverse of a number modulo another (extended Euclid); they have no common divisor. */
function inverse(number: bigint, modulus: bigint): bigint {
  let [remainder, nextRemainder] = [modulus, number]
  let [factor, nextFactor] = [0n, 1n]
  while (nextRemainder !== 0n) {
    const quotient = remainder / nextRemainder
    ;[remainder, nextRemainder] = [nextRemainder, remainder - quotient * nextRemainder]
    ;[factor, nextFactor] = [nextFactor, factor - quotient * nextFactor]
  }
  return ((factor % modulus) + modulus) % modulus
}

/** Base64urlUInt (RFC 7518 §2). */
function base64url(value: bigint): string {
  const digits = value.toString(16)
  return Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex').toString(
    'base64url',
  )
}
