import { b64token } from '../base/schema/patterns.ts'
import { buildSend, UnreachableError, type Send } from './http.ts'
import { buildOperations, type Operations } from './operations.ts'
import { generation, generationOf } from './generation.ts'

/** Options of {@link connectSandbox}. All are optional. */
export interface ConnectOptions {
  /** The bearer token that the control API asks for (`--admin-token`). Default: none is sent. */
  readonly adminToken?: string | undefined
  /** How long to try until a sandbox answers, in ms. Default: 0, which is one try. */
  readonly waitMs?: number
}

/** Pause between two tries, in ms. */
const pauseMs = 100

/** A URL, as text or as an object such as `URL`. */
export type SandboxUrl = string | { readonly href: string }

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
 * @throws ApiError `unauthorized` if the sandbox asks for another admin token
 */
export async function connectSandbox(
  url: SandboxUrl,
  options: ConnectOptions = {},
): Promise<ConnectedSandbox> {
  const baseUrl = requireBaseUrl(url)
  const { adminToken, waitMs = 0 } = requireOptions(options)
  return connectBy(buildSend(baseUrl, adminToken), baseUrl, waitMs)
}

/**
 * The same by another way to send requests.
 *
 * @param url - base URL of the sandbox, without a trailing slash
 */
export async function connectBy(send: Send, url: string, waitMs = 0): Promise<ConnectedSandbox> {
  await untilReachable(() => requireSandbox(url, send), waitMs)
  return { url, ...buildOperations(send) }
}

/** Tries until there is an answer, or the time is up. */
async function untilReachable(attempt: () => Promise<void>, waitMs: number): Promise<void> {
  const endMs = Date.now() + waitMs
  for (;;) {
    try {
      await attempt()
      return
    } catch (error) {
      if (!(error instanceof UnreachableError) || Date.now() >= endMs) throw error
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}

/**
 * Checks that a sandbox of this generation answers, and takes the admin token.
 *
 * @throws Error otherwise
 */
async function requireSandbox(url: string, send: Send): Promise<void> {
  const health = await send<unknown>({ method: 'GET', path: '/health' })
  const { status, version } = Object(health) as { status?: unknown; version?: unknown }
  if (status !== 'up' || typeof version !== 'string') {
    throw new Error(`GET ${url}/__admin/health: the answer is not that of a sandbox`)
  }
  if (generationOf(version) !== generation) {
    throw new Error(
      `This client is for sandboxes of version ${generation}, and ${url} is one of ${version}: install the client of that version.`,
    )
  }
  await send({ method: 'GET', path: '/clock' })
}

/** @throws RangeError if it is no base URL */
function requireBaseUrl(given: unknown): string {
  const { href: url = given } = Object(given) as { href?: unknown }
  if (/\/__admin\/?$/.test(String(url))) {
    throw new RangeError(`url must be the base URL, without /__admin: ${String(url)}`)
  }
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

const optionNames: readonly string[] = ['adminToken', 'waitMs']

/** @throws RangeError that names the option */
function requireOptions(options: unknown): ConnectOptions {
  if (typeof options !== 'object' || options === null) {
    throw new RangeError(`options must be an object, not ${String(options)}`)
  }
  const unknownName = Object.keys(options).find((name) => !optionNames.includes(name))
  if (unknownName !== undefined) {
    throw new RangeError(`${unknownName} is no option; use ${optionNames.join(' or ')}`)
  }
  const { adminToken, waitMs = 0 } = options as { adminToken?: unknown; waitMs?: unknown }
  if (typeof waitMs !== 'number' || !(waitMs >= 0)) {
    throw new RangeError('waitMs must be a number of milliseconds from 0')
  }
  requireAdminToken(adminToken)
  return options
}

/** @throws RangeError that does not repeat the token */
function requireAdminToken(token: unknown): void {
  if (token === undefined) return
  if (typeof token === 'string' && b64token.test(token)) return
  const isWithScheme = typeof token === 'string' && /^bearer /i.test(token)
  throw new RangeError(
    isWithScheme
      ? 'adminToken must be the token alone, without "Bearer"'
      : 'adminToken must be a bearer token of at least 1 character (RFC 6750)',
  )
}
