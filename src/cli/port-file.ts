import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { ConfigError } from './config-error.ts'

/**
 * Removes the file of an earlier run: its port is not that of this one.
 *
 * @throws ConfigError if it cannot be removed
 */
export function removePortFile(path: string | undefined): void {
  if (path !== undefined)
    change(path, () => {
      rmSync(path, { force: true })
    })
}

/**
 * Writes the port of the sandbox. The file appears with its content.
 *
 * @throws ConfigError if it cannot be written
 */
export function writePortFile(path: string | undefined, port: string): void {
  if (path === undefined) return
  change(path, () => {
    const unfinished = `${path}.${process.pid}.tmp`
    writeFileSync(unfinished, `${port}\n`)
    renameSync(unfinished, path)
  })
}

/** The port in a file; undefined while there is none. */
export function readPortFile(path: string): number | undefined {
  try {
    const [port] = /^\d{1,5}(?=\n$)/.exec(readFileSync(path, 'latin1')) ?? []
    return port === undefined ? undefined : Number(port)
  } catch {
    return undefined
  }
}

function change(path: string, act: () => void): void {
  try {
    act()
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code)
    throw new ConfigError(`--port-file ${path} cannot be written (${code})`)
  }
}
