import { b64token } from '../base/schema/patterns.ts'
import { buildSend, type Send } from './http.ts'
import { buildOperations, type Operations } from './operations.ts'
import { generation, generationOf } from './generation.ts'

/** Options of {@link connectSandbox}. All are optional. */
export interface ConnectOptions {
  /** The bearer token that the control API asks for (`--admin-token`). Default: none is sent. */
  readonly adminToken?: string | undefined
}

/** A running sandbox, reached over HTTP: the operations of the library, each giving a promise. */
export interface ConnectedSandbox extends Operations {
  /** Base URL to point a client at, such as `http://127.0.0.1:4010`; without a trailing slash. */
  readonly url: string
}

/**
 * Connects to a running sandbox, such as one in a container. Nothing stays open, so nothing needs to be closed.
 *
 * A sandbox that refuses an operation rejects it with an `ApiError`, as the library throws it.
 *
 * @param url - base URL of the sandbox, http or https, such as `http://127.0.0.1:4010`
 * @throws RangeError if `url` is no such URL, or if an option is not known or makes no sense
 * @throws Error if no sandbox answers there, or one of another major version
 */
export async function connectSandbox(
  url: string,
  options: ConnectOptions = {},
): Promise<ConnectedSandbox> {
  const baseUrl = requireBaseUrl(url)
  const { adminToken } = requireOptions(options)
  const send = buildSend(baseUrl, adminToken)
  await requireSandbox(baseUrl, send)
  return { url: baseUrl, ...buildOperations(send) }
}

/**
 * Checks that a sandbox of this generation answers.
 *
 * @throws Error otherwise
 */
async function requireSandbox(url: string, send: Send): Promise<void> {
  const health = await send<unknown>({ method: 'GET', path: '/health' })
  const { status, version } = Object(health) as { status?: unknown; version?: unknown }
  if (status !== 'up' || typeof version !== 'string') {
    throw new Error(`GET ${url}/__admin/health: the answer is not that of a sandbox`)
  }
  if (generationOf(version) === generation) return
  throw new Error(
    `This client is for sandboxes of version ${generation}, and ${url} is one of ${version}: install the client of that version.`,
  )
}

/** @throws RangeError if it is no base URL */
function requireBaseUrl(url: unknown): string {
  if (isBaseUrl(url)) return url.endsWith('/') ? url.slice(0, -1) : url
  const expected = 'an http or https URL without a query, such as http://127.0.0.1:4010'
  throw new RangeError(`url must be ${expected}, not ${typeof url} ${String(url)}`)
}

function isBaseUrl(url: unknown): url is string {
  if (typeof url !== 'string' || !/^https?:\/\/[^?#@\s]+$/i.test(url)) return false
  try {
    return new URL(url).host !== ''
  } catch {
    return false
  }
}

/** @throws RangeError that names the option */
function requireOptions(options: unknown): ConnectOptions {
  if (typeof options !== 'object' || options === null) {
    throw new RangeError(`options must be an object, not ${String(options)}`)
  }
  const unknownName = Object.keys(options).find((name) => name !== 'adminToken')
  if (unknownName !== undefined) throw new RangeError(`${unknownName} is no option; use adminToken`)
  const { adminToken } = options as { adminToken?: unknown }
  if (adminToken === undefined) return {}
  if (typeof adminToken === 'string' && b64token.test(adminToken)) return { adminToken }
  throw new RangeError('adminToken must be a bearer token of at least 1 character (RFC 6750)')
}
