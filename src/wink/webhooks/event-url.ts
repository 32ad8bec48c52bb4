import type { TSchema } from '@sinclair/typebox'
import { isLoopbackHost } from '../../base/loopback.ts'
import type { Cause } from '../../base/problems/causes.ts'
import { blankAtEnd } from '../../base/schema/format-causes.ts'
import { formatted, WebUrl } from '../../base/schema/formats.ts'
import { isWebUrl, webUrlCauses } from '../../base/schema/web-url.ts'
import type { Switches } from '../switches/switches.ts'

/**
 * Fast path for the usual event URL: a host of plain labels, a port up to 9999, a path of plain characters. The full
 * check would accept it too, but is slower.
 */
const plainHttpsUrl =
  /^https:\/\/(?!(?:[^/]*\.)?xn--)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.){1,3}[a-z]{2,63}(?::\d{1,4})?(?:\/[\w\-.~/]*)?$/

const isHttpsUrl = (text: string): boolean =>
  plainHttpsUrl.test(text) || (isWebUrl(text) && /^https:/i.test(text))

const isHttpsOrLoopbackUrl = (text: string): boolean =>
  isHttpsUrl(text) || (isWebUrl(text) && isLoopbackHost(new URL(text).hostname))

const httpUrl: Cause<string> = {
  is: isWebUrl,
  says: 'it is an http URL: --allow-http-event-urls any accepts it, loopback only one of the machine itself',
  source: 'doc; ours',
}

const causes = [blankAtEnd, ...webUrlCauses, httpUrl]

/** `eventUrl` of a webhook, by switch (CONTRACT §2). */
export const eventUrls = {
  none: formatted(
    'WinkMockHttpsUrl',
    {
      test: isHttpsUrl,
      expected: 'an absolute https URL (RFC 3986), such as https://api.example.com/webhooks',
      causes,
    },
    { format: 'uri' },
  ),
  loopback: formatted(
    'WinkMockHttpsOrLoopbackUrl',
    {
      test: isHttpsOrLoopbackUrl,
      expected:
        'an absolute https URL (RFC 3986) or an http one of a loopback host, such as http://localhost:3000/webhooks',
      causes,
    },
    { format: 'uri' },
  ),
  any: WebUrl,
} satisfies Record<Switches['allowHttpEventUrls'], TSchema>
