import { createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { seededRsaKey } from '../domain/seeded-rsa.ts'
import { randomIds, seededIds } from '../domain/uuid.ts'
import type { KeySet } from '../schemas/authorization-server.ts'

const generate = promisify(generateKeyPair)

/** A key to sign with, and the one to verify with. */
interface KeyPair {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

/** The RSA key of a sandbox. It takes a moment to make, and is made when it is first needed. */
export class SigningKey {
  /** Known before the key is: a token names it, and so says whether the key is needed at all. */
  readonly id: string
  readonly #seed: number | undefined
  #made: KeyPair | undefined
  #making: Promise<KeyPair> | undefined

  /** @param seed - makes the key the same in every run; else it is another in each */
  constructor(seed: number | undefined) {
    this.#seed = seed
    this.id = seed === undefined ? randomIds() : seededIds(seed, 'key')()
  }

  async pair(): Promise<KeyPair> {
    this.#making ??= makePair(this.#seed)
    return (this.#made = await this.#making)
  }

  /** The public key; undefined until {@link pair} has given it. */
  get publicKey(): KeyObject | undefined {
    return this.#made?.publicKey
  }

  /** The public key, to be shown (RFC 7517 §4). */
  async keySet(): Promise<KeySet> {
    const { publicKey } = await this.pair()
    const { n, e } = publicKey.export({ format: 'jwk' }) as { n: string; e: string }
    return { keys: [{ kty: 'RSA', use: 'sig', alg: 'RS256', kid: this.id, n, e }] }
  }
}

async function makePair(seed: number | undefined): Promise<KeyPair> {
  if (seed === undefined) return generate('rsa', { modulusLength: 2048 })
  const privateKey = await seededRsaKey(seed)
  return { privateKey, publicKey: createPublicKey(privateKey) }
}
