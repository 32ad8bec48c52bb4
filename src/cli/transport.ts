import { X509Certificate } from 'node:crypto'
import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps, type RequestOptions } from 'node:https'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { checkServerIdentity } from 'node:tls'
import type { Fetch } from '../client/http.ts'
import { ConfigError } from './config-error.ts'
import { readPem } from './tls.ts'

/** How connections are secured, in the words of `node:https`. */
export type Security = Pick<
  RequestOptions,
  'ca' | 'allowPartialTrustChain' | 'checkServerIdentity' | 'rejectUnauthorized'
>

/** Options of {@link buildFetch}. */
export interface TransportOptions {
  /** Default: the certificate of the server must be one that Node.js trusts. */
  readonly security?: Security
  /** How long the sandbox may be silent, in ms. Default: 30,000; a stream shows every 15,000 ms that it lives. */
  readonly timeoutMs?: number
}

/** The part of `fetch` that the client needs. The global one cannot be told which certificate to trust. */
export const buildFetch =
  ({ security = {}, timeoutMs = 30_000 }: TransportOptions = {}): Fetch =>
  async (url, { method, headers, body, signal }) => {
    const send = url.startsWith('https:') ? requestHttps : requestHttp
    const request = send(url, {
      ...security,
      method,
      headers,
      agent: false,
      timeout: timeoutMs,
      ...(signal && { signal }),
    })
    request.on('timeout', () => request.destroy(new Error(`no answer within ${timeoutMs} ms`)))
    request.end(body ?? undefined)
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request.on('response', resolve)
      // An error behind the head of the answer is one of its body, too.
      request.on('error', reject)
      request.on('upgrade', (_answer, socket) => {
        socket.destroy()
        reject(new Error('it switched to another protocol'))
      })
    })
    const status = Number(answer.statusCode)
    return {
      ok: status >= 200 && status < 300,
      status,
      headers: new Headers({ 'content-type': answer.headers['content-type'] ?? '' }),
      text: () => text(answer),
      get body() {
        return Readable.toWeb(answer) as ReadableStream<Uint8Array<ArrayBuffer>>
      },
    }
  }

/**
 * Trusts the certificate in a file, or those that it has signed. That of the sandbox itself is trusted under each name:
 * it may be for another than the one by which this machine reaches it.
 *
 * @throws ConfigError if the file cannot be used
 */
export function trusting(path: string | undefined): Security {
  if (path === undefined) return {}
  const { ca, own } = readCertificate(path)
  return {
    ca,
    allowPartialTrustChain: true,
    checkServerIdentity: (host, certificate) =>
      certificate.raw.equals(own) ? undefined : checkServerIdentity(host, certificate),
  }
}

function readCertificate(path: string): { ca: Buffer; own: Buffer } {
  const ca = readPem('--tls-cert', path)
  try {
    return { ca, own: new X509Certificate(ca).raw }
  } catch {
    throw new ConfigError(`--tls-cert ${path} must be a certificate in PEM`)
  }
}
