import {
  accessSync,
  constants,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { ConfigError } from './config-error.ts'
import { SandboxError } from './sandbox-error.ts'

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
 * Checks that the port of a sandbox can be written. Nothing changes.
 *
 * @throws ConfigError if it cannot be written
 */
export function checkPortFile(path: string | undefined): void {
  if (path !== undefined)
    change(path, () => {
      accessSync(join(dirname(path), '/'), constants.W_OK | constants.X_OK)
      const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
      if (isFolder) throw Object.assign(new Error(), { code: 'ERR_FS_EISDIR' })
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

/**
 * The port in a file.
 *
 * @throws SandboxError while the file is not there or empty, or if it holds something else or cannot be read
 */
export function readPortFile(path: string): number {
  const text = read(path)
  if (text === '') {
    throw new SandboxError(
      `${path} has no port (yet); start a sandbox with --port-file ${path}, or name another file`,
    )
  }
  const port = /^\d{1,5}\n$/.test(text) ? Number(text) : Infinity
  if (port <= 65_535) return port
  throw new SandboxError(
    `${path} does not hold a port and a line end; name the file that a sandbox writes with --port-file`,
  )
}

/** The content of a file; empty while it is not there. */
function read(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return ''
    const reason = code === 'EISDIR' ? 'is a folder' : `cannot be read (${String(code)})`
    throw new SandboxError(
      `${path} ${reason}; name the file that a sandbox writes with --port-file`,
    )
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
