import { setTimeout as sleep } from 'node:timers/promises'
import { baseUrlOf, type Address } from './address.ts'
import { buildSend, errorOf } from '../client/http.ts'
import { sandboxErrorOf, type SandboxError } from './sandbox-error.ts'
import { buildFetch } from './transport.ts'

/** Pause between two looks at a sandbox that is not up, in ms. */
const pauseMs = 100

/** Limits of a health check. */
export interface Patience {
  /** Limit for one answer, in ms. Default: 2,000. */
  readonly timeoutMs?: number
  /** How long to wait for a sandbox that is not up, in ms. Default: 0, it is asked once. */
  readonly waitMs?: number
}

/**
 * Checks that a sandbox is up.
 *
 * @returns undefined if it is up, else a sentence with the reason
 */
export async function findHealthProblem(
  address: Address,
  { timeoutMs = 2_000, waitMs = 0 }: Patience = {},
): Promise<string | undefined> {
  const endMs = performance.now() + waitMs
  for (;;) {
    const problem = await findProblem(address, timeoutMs)
    if (problem === undefined || performance.now() >= endMs) return problem
    await sleep(pauseMs)
  }
}

async function findProblem(address: Address, timeoutMs: number): Promise<string | undefined> {
  try {
    await requireUp(address, timeoutMs)
    return undefined
  } catch (error) {
    return (error as SandboxError).message
  }
}

/** @throws SandboxError if no sandbox answers that it is up */
async function requireUp(address: Address, timeoutMs: number): Promise<void> {
  const url = baseUrlOf(address)
  // The check sends no secret, and a certificate that has expired does not take a sandbox down.
  const fetch = buildFetch({ security: { rejectUnauthorized: false }, timeoutMs })
  try {
    const health = await buildSend(url, undefined, fetch)({ method: 'GET', path: '/health' })
    const { status } = Object(health) as { status?: unknown }
    if (status !== 'up') throw errorOf(200, '')
  } catch (error) {
    throw sandboxErrorOf(error, url, address)
  }
}
