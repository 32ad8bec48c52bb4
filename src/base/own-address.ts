import { maskedText } from './masking/text.ts'
import { baseUrlFormat } from './schema/formats.ts'

/** The addresses of a sandbox: the URL that it listens on, the `Host` of a request, and the option `publicUrl`. */
export class OwnAddress {
  /** The URL that the server listens on; its scheme and `localhost` before it listens. */
  listeningUrl: string
  readonly #scheme: 'http' | 'https'
  readonly #publicUrl: string | undefined
  readonly #public: URL | undefined

  /**
   * @param scheme - of the server
   * @throws RangeError if `publicUrl` is not a base URL
   */
  constructor(publicUrl: string | undefined, scheme: 'http' | 'https' = 'http') {
    this.#scheme = scheme
    this.listeningUrl = `${scheme}://localhost`
    if (publicUrl === undefined) return
    requirePublicUrl(publicUrl)
    this.#publicUrl = publicUrl
    this.#public = new URL(publicUrl)
  }

  /** The base URL without a request to derive it from; no trailing slash. */
  get baseUrl(): string {
    return this.#publicUrl ?? this.listeningUrl
  }

  /**
   * The base URL by which the sender of a request reaches the sandbox; no trailing slash.
   *
   * @param request - its `host` is the value of the `Host` field, empty if that is missing
   */
  baseUrlOf({ host }: { readonly host: string }): string {
    return this.#publicUrl ?? (host === '' ? this.listeningUrl : this.#urlAt(host))
  }

  #urlAt(host: string): string {
    return `${this.#scheme}://${host}`
  }

  /** The port that the server listens on; NaN before it listens. */
  get port(): number {
    return Number(this.listeningUrl.split(':').at(-1))
  }

  /** The path of the public URL, such as `/wink`; empty without one. */
  get publicPath(): string {
    const path = this.#public?.pathname ?? '/'
    return path === '/' ? '' : path
  }

  /** True for the host name or IP address of the public URL, as the URL parser writes it. */
  isPublicHost(hostname: string): boolean {
    return this.#public?.hostname === hostname
  }

  /**
   * True for the origin (RFC 6454 §7) of this sandbox: that of the request's `Host` or of the public URL.
   *
   * @param host - value of the `Host` field
   */
  isOwnOrigin(origin: string, host = ''): boolean {
    const asked = urlOf(origin)?.origin
    const own = [this.#public?.origin, urlOf(this.#urlAt(host))?.origin]
    return asked !== undefined && own.includes(asked)
  }
}

/** The host name or IP address of a `Host` field, as the URL parser writes it; undefined if it is invalid. */
export const hostnameOf = (host: string): string | undefined => urlOf(`http://${host}`)?.hostname

/** Longer URLs are not parsed: the URL parser takes seconds for a host of a megabyte. */
const maxUrlLength = 4_096

function urlOf(text: string): URL | undefined {
  return text.length <= maxUrlLength && URL.canParse(text) ? new URL(text) : undefined
}

function requirePublicUrl(url: unknown): void {
  const { test, expected } = baseUrlFormat
  if (typeof url === 'string' && test(url)) return
  throw new RangeError(
    `publicUrl must be ${expected}, not ${typeof url} ${maskedText(String(url))}`,
  )
}

/** The URLs of the API and of the token endpoint. */
export const addressesOf = (baseUrl: string) => ({ baseUrl, tokenUrl: `${baseUrl}/oauth2/token` })

/** Formats a host name or IP address for a URL: IPv6 in brackets (RFC 3986 §3.2.2). */
export const urlHostOf = (host: string): string => (host.includes(':') ? `[${host}]` : host)
