import { readFileSync } from 'node:fs'
import { ConfigError } from './config-error.ts'
import { SandboxError } from './sandbox-error.ts'

/**
 * The arguments that a running program of this name was started with, so that the health check of a container asks where
 * the sandbox listens. Linux alone tells them.
 *
 * @param pid - number of the process
 * @returns none if the process is another program, or cannot be looked at
 * @throws ConfigError if `pid` cannot be the number of a process
 * @throws SandboxError if there is no such process, or it has ended
 */
export function argumentsOf(pid: string): readonly string[] {
  if (!/^[1-9]\d*$/.test(pid)) {
    throw new ConfigError(`--process must be the number of a process, not "${pid}"`)
  }
  const words = isThere(Number(pid)) ? wordsOf(pid) : []
  if (words.length === 0) throw new SandboxError(`no process ${pid}`)
  const program = words.findIndex((word) => /(?:^|\/)(?:cli\.cjs|wink-webhook-mock)$/.test(word))
  return program === -1 ? [] : words.slice(program + 1)
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The words of a command line: none if the process has ended and its parent has not noticed it yet. */
function wordsOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1)
    /* c8 ignore next 3 - on Linux, only a process that ends at this moment comes here */
  } catch {
    return ['unknown']
  }
}
