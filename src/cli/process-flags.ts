import { readFileSync } from 'node:fs'

/**
 * The arguments that a running program of this name was started with, so that the health check of a container asks where
 * the sandbox listens. Linux alone tells them.
 *
 * @returns none if the process is another program, or cannot be looked at
 */
export function argumentsOf(pid: string): readonly string[] {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1)
    const program = words.findIndex((word) => /(?:^|\/)(?:cli\.cjs|wink-webhook-mock)$/.test(word))
    return program === -1 ? [] : words.slice(program + 1)
  } catch {
    return []
  }
}
