import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { givenByOptions, type GivenSettings } from './control/settings/given.ts'
import type { Control } from './control/control.ts'
import { appOptions, buildSandbox, type SandboxApp, type AppOptions } from './app.ts'
import { disposedBy, type AsyncDisposal } from './base/disposal.ts'
import { requireKnownOptions, requireText, requireWholeNumber } from './base/options.ts'
import { urlHostOf } from './base/own-address.ts'
import { StateFile } from './control/state/state-file.ts'

/** Options of {@link startSandbox}. All are optional. */
export interface SandboxOptions extends AppOptions {
  /** Port to listen on; 0 picks a free one. Default: 0. */
  readonly port?: number
  /** Host name or IP address to listen on. Default: 127.0.0.1. */
  readonly host?: string
  /** How long `close` waits for requests in flight, in ms; then it ends them. Default: 5,000. */
  readonly shutdownTimeoutMs?: number
  /**
   * JSON file that keeps managing entities, tokens, clients and webhooks for the next start. Read at the start if it exists,
   * in place of `data`, to which a reset still returns; written after each change within seconds, and by `close`. The file
   * holds tokens and secrets, and only its owner may read it. Default: none; `close` forgets everything.
   */
  readonly stateFile?: string | undefined
}

/** The names of {@link SandboxOptions}. */
const sandboxOptions: Readonly<Record<keyof SandboxOptions, true>> = {
  port: true,
  host: true,
  shutdownTimeoutMs: true,
  stateFile: true,
  ...appOptions,
}

/** A sandbox that listens. */
export interface Sandbox extends Control, AsyncDisposal {
  /** Base URL to point a client at, such as `http://127.0.0.1:4010`. */
  readonly url: string
  /** The sandbox without a connection: `app.inject` gives it a request. */
  readonly app: SandboxApp
  /**
   * Stops listening, lets requests in flight get their answers, and ends what then still hangs. A second
   * call waits for the same end.
   *
   * @throws StateFileError if the state cannot be written to `stateFile`; the sandbox is closed all the same
   */
  close(): Promise<void>
}

/**
 * Starts a sandbox.
 *
 * @throws RangeError if an option is not known or makes no sense
 * @throws DataError if `options.data` is not what a sandbox can start with
 * @throws StateFileError if `options.stateFile` cannot be used; the file is unchanged then
 * @throws Error with a `code` such as `EADDRINUSE` if it cannot listen
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  requireKnownOptions(options, sandboxOptions)
  return startWith(options, givenByOptions(options, sandboxOptions))
}

/**
 * Starts a sandbox as {@link startSandbox} does.
 *
 * @param given - the settings that the control API shows
 */
export async function startWith(options: SandboxOptions, given: GivenSettings): Promise<Sandbox> {
  const { port = 0, host = '127.0.0.1', shutdownTimeoutMs = 5_000, stateFile, ...others } = options
  requireWholeNumber({ port }, 0, 65_535)
  requireText({ host, stateFile })
  requireWholeNumber({ shutdownTimeoutMs }, 0)
  const { app, connections, ownAddress, state } = buildSandbox(others, given)
  const file = stateFile === undefined ? undefined : new StateFile(stateFile, state)
  await app.ready()
  try {
    file?.load()
    // Not `app.listen`: for `localhost` it opens a second server that has none of our error handling.
    app.server.listen({ port, host })
    await once(app.server, 'listening')
    await file?.keep((error) => {
      app.log.error({ err: error }, 'the state was not saved')
    })
  } catch (error) {
    await app.close()
    throw error
  }
  const { port: actualPort } = app.server.address() as AddressInfo
  const url = `${others.tls ? 'https' : 'http'}://${urlHostOf(host)}:${actualPort}`
  ownAddress.listeningUrl = url

  let closed: Promise<void> | undefined
  const end = async (): Promise<void> => {
    const limit = setTimeout(() => {
      connections.destroyAll()
    }, shutdownTimeoutMs)
    await app.close()
    clearTimeout(limit)
    await file?.close()
  }
  const close = (): Promise<void> => (closed ??= end())
  return {
    ...app.control,
    url,
    app,
    close,
    ...disposedBy(close),
  }
}
