import { baseUrlFormat } from './schema/formats.ts'

/** A request as far as it says where the sandbox was reached. */
export interface AddressedRequest {
  readonly protocol: string
  /** Value of `Host`; empty where there is none. */
  readonly host: string
}

/** The addresses of a sandbox: where it listens, what `Host` calls it, and the option `publicUrl`. */
export class OwnAddress {
  /** The URL that the server listens on; `http://localhost` before it does. */
  listeningUrl = 'http://localhost'
  readonly #publicUrl: string | undefined
  readonly #public: URL | undefined

  /** @throws RangeError if `publicUrl` is no base URL */
  constructor(publicUrl: string | undefined) {
    if (publicUrl === undefined) return
    requirePublicUrl(publicUrl)
    this.#publicUrl = publicUrl
    this.#public = new URL(publicUrl)
  }

  /** The base URL for those who ask without a request, without a slash at its end. */
  get baseUrl(): string {
    return this.#publicUrl ?? this.listeningUrl
  }

  /** The base URL under which the sender of a request knows the sandbox, without a slash at its end. */
  baseUrlOf({ protocol, host }: AddressedRequest): string {
    return this.#publicUrl ?? (host === '' ? this.listeningUrl : `${protocol}://${host}`)
  }

  /** The path of the public URL, such as `/wink`; empty where it has none. */
  get publicPath(): string {
    const path = this.#public?.pathname ?? '/'
    return path === '/' ? '' : path
  }

  /** Whether a host name or IP address, as the URL parser writes it, is that of the public URL. */
  isPublicHost(hostname: string): boolean {
    return this.#public?.hostname === hostname
  }

  /**
   * Whether pages of an origin (RFC 6454 §7) come from this sandbox: from where the request was sent to, or
   * from the public URL.
   *
   * @param host - value of the `Host` field
   */
  isOwnOrigin(origin: string, host = ''): boolean {
    const asked = urlOf(origin)?.origin
    const own = [this.#public?.origin, urlOf(`http://${host}`)?.origin]
    return asked !== undefined && own.includes(asked)
  }
}

/** The host name or IP address of a `Host` field, as the URL parser writes it; undefined where it has none. */
export const hostnameOf = (host: string): string | undefined => urlOf(`http://${host}`)?.hostname

/** No URL of ours is longer; the URL parser takes seconds for a host of a megabyte. */
const maxUrlLength = 4_096

function urlOf(text: string): URL | undefined {
  return text.length <= maxUrlLength && URL.canParse(text) ? new URL(text) : undefined
}

function requirePublicUrl(url: unknown): void {
  const { test, expected } = baseUrlFormat
  if (typeof url === 'string' && test(url)) return
  throw new RangeError(`publicUrl must be ${expected}, not ${typeof url} ${String(url)}`)
}

/** The addresses of the API and of the token endpoint. */
export const addressesOf = (baseUrl: string) => ({ baseUrl, tokenUrl: `${baseUrl}/oauth2/token` })

/** A host name or IP address as it stands in a URL: IPv6 in brackets (RFC 3986 §3.2.2). */
export const urlHostOf = (host: string): string => (host.includes(':') ? `[${host}]` : host)
