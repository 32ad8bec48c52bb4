import { instantOf } from '../../../base/clock.ts'
import { masked } from '../../../base/masking/text.ts'
import { version } from '../../../version.ts'
import type { JournaledRequest, JournaledResponse } from '../types.ts'
import type { Har, HarEntry, HarPair, HarResponse } from './har-types.ts'
import { fieldsOf, reasonOf, remarksOf } from './parts.ts'
import { percentEncoded } from '../../../base/target.ts'
import { urlOf } from './masked-parts.ts'

const httpVersion = 'HTTP/1.1'

/** An archive without its entries, which may be a lazy list. */
export const harOf = <Entries>(entries: Entries) => ({
  log: {
    version: '1.2',
    creator: { name: 'wink-webhook-mock', version },
    entries,
  } satisfies Omit<Har['log'], 'entries'> & { entries: Entries },
})

/** A journaled request, which is HTTP, as an entry of an archive. */
export function harEntry(request: JournaledRequest, baseUrl: string): HarEntry {
  const { time, durationMs, body, bodyBytes, headers } = request
  return {
    startedDateTime: instantOf(Date.parse(time) - durationMs),
    time: durationMs,
    request: {
      method: String(request.method),
      url: urlOf(baseUrl, String(request.path)).replaceAll(masked, percentEncoded(masked)),
      httpVersion,
      cookies: [],
      headers: pairsOf(headers),
      queryString: [],
      ...(body !== null && {
        postData: { mimeType: [headers['content-type'] ?? ''].flat().join(', '), text: body },
      }),
      headersSize: -1,
      bodySize: bodyBytes,
    },
    response: responseOf(request.response),
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    comment: [request.id, ...remarksOf(request)].join('\n'),
  }
}

function responseOf(response: JournaledResponse | null): HarResponse {
  const { status, headers, body, bodyBytes } = response ?? unanswered
  return {
    status,
    statusText: reasonOf(status),
    httpVersion: response ? httpVersion : '',
    cookies: [],
    headers: pairsOf(headers),
    content: {
      size: Math.max(bodyBytes, 0),
      mimeType: String(headers['content-type'] ?? 'x-unknown'),
      ...(body !== null && { text: body }),
    },
    redirectURL: '',
    headersSize: -1,
    bodySize: bodyBytes,
  }
}

const unanswered: JournaledResponse = { status: 0, headers: {}, body: null, bodyBytes: -1 }

const pairsOf = (headers: JournaledRequest['headers']): HarPair[] =>
  fieldsOf(headers).map(([name, value]) => ({ name, value }))
