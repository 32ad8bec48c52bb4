import { readFileSync } from 'node:fs'
import { requireTls, type TlsOptions } from '../http/tls.ts'
import { ConfigError } from './config-error.ts'
import type { Config } from '../control/settings/config.ts'

/**
 * Reads the certificate and its key.
 *
 * @returns undefined if they are not set
 * @throws ConfigError that names the flag and the file, if they cannot be used
 */
export function readTls({ tlsCert, tlsKey }: Config): TlsOptions | undefined {
  if (tlsCert === undefined || tlsKey === undefined) return undefined
  const tls = { cert: readPem('--tls-cert', tlsCert), key: readPem('--tls-key', tlsKey) }
  try {
    requireTls(tls)
  } catch (error) {
    const message = (error as Error).message.replace(
      /^tls/,
      `--tls-cert ${tlsCert} and --tls-key ${tlsKey}`,
    )
    throw new ConfigError(message)
  }
  return tls
}

/** @throws ConfigError that names the flag and the file, if it cannot be read */
export function readPem(flag: string, path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code)
    throw new ConfigError(`${flag} ${path} cannot be read (${code})`)
  }
}
