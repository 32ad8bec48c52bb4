import { causesOf, type Cause } from '../../base/problems/causes.ts'
import { blankAtEnd } from '../../base/schema/format-causes.ts'
import type { StringFormat } from '../../base/schema/formats.ts'
import { isBaseUrl, webUrlCauses } from '../../base/schema/web-url.ts'
import { isForbiddenHost } from './addresses.ts'

/** The value of `deliverTo` that sends events to the registered URL itself. */
export const eventUrl = 'event-url'

/** Without the one slash at the end of a URL: `http://localhost:3000/` is what a browser copies. */
const withoutSlash = (text: string): string => text.replace(/\/$/, '')

/** Longest host, in characters: the limit of DNS (RFC 1035 §2.3.4). */
const maxHostLength = 253

/** True for a URL of which a part is so. */
const hasPart = (text: string, isSo: (url: URL) => boolean): boolean =>
  URL.canParse(text) && isSo(new URL(text))

const isLongHost = ({ hostname }: URL): boolean => hostname.length > maxHostLength
const isPortZero = ({ port }: URL): boolean => port === '0'
const isForbidden = ({ hostname }: URL): boolean => isForbiddenHost(hostname)

const isReceiver = (text: string): boolean =>
  isBaseUrl(withoutSlash(text)) &&
  ![isLongHost, isPortZero, isForbidden].some((isSo) => hasPart(text, isSo))

const causes: readonly Cause<string>[] = [
  blankAtEnd,
  {
    is: (text) => text !== '' && !/^[a-z][a-z\d+.-]*:\/\//i.test(text),
    says: 'it has no scheme: begin with http:// or https://',
    source: 'ours',
  },
  {
    is: (text) => text !== '' && !/^https?:/i.test(text),
    says: 'its scheme must be http or https',
    source: 'ours',
  },
  ...webUrlCauses,
  { is: (text) => text.includes('#'), says: 'it has a fragment: leave it out', source: 'ours' },
  {
    is: (text) => text.includes('?'),
    says: 'it has a query: events keep that of the registered URL',
    source: 'ours',
  },
  { is: (text) => text.endsWith('//'), says: 'it ends with more than one slash', source: 'ours' },
  { is: (text) => text.includes('@'), says: 'it has user info: leave it out', source: 'ours' },
  {
    is: (text) => hasPart(text, isLongHost),
    says: `its host has more than ${maxHostLength} characters`,
    source: 'RFC 1035 §2.3.4',
  },
  { is: (text) => hasPart(text, isPortZero), says: 'its port is 0', source: 'ours' },
  {
    is: (text) => hasPart(text, isForbidden),
    says: 'it is a link-local or metadata address, to which the sandbox never connects',
    source: 'ours',
  },
]

/** The format of `deliverTo`. */
export const deliverToFormat: StringFormat = {
  test: (text) => text === eventUrl || isReceiver(text),
  expected:
    'a base URL without user info, query and fragment, such as http://localhost:3000, or event-url',
  causes,
}

/** A valid value of `deliverTo`, or the error of an invalid one. */
export type DeliverTo = { readonly deliverTo: string } | { readonly error: string }

/**
 * Reads a base URL or `event-url`.
 *
 * @returns the value without slash at its end; or an error that continues a name, such as `must be a base URL …`
 */
export function parseDeliverTo(text: string): DeliverTo {
  const { test, expected } = deliverToFormat
  if (test(text)) return { deliverTo: withoutSlash(text) }
  return { error: [`must be ${expected}`, ...causesOf(causes, text)].slice(0, 2).join('; ') }
}

/** The URL that an event goes to; or the reason why it goes nowhere, and how to name a receiver. */
export type Destination =
  { readonly url: string } | { readonly reason: 'no-receiver'; readonly hint: string }

const noReceiver: Destination = {
  reason: 'no-receiver',
  hint: 'No receiver is named. Name one with deliverTo in the trigger or for the tenant, or start the sandbox with --deliver-to http://localhost:3000 (WINK_MOCK_DELIVER_TO). event-url sends to the registered URL itself.',
}

/**
 * Finds the URL that the event of a webhook goes to (CONTRACT §7). A base URL takes the place of scheme, user info, host and port, and its
 * path comes before that of the registered URL; path and query stay. A fragment is never sent (RFC 9110 §4.2.5).
 *
 * @param deliverTo - of {@link parseDeliverTo}
 */
export function destinationOf(registeredUrl: string, deliverTo: string | undefined): Destination {
  if (deliverTo === undefined) return noReceiver
  const registered = new URL(registeredUrl)
  registered.hash = ''
  if (deliverTo === eventUrl) return { url: registered.href }
  const url = new URL(`${withoutSlash(deliverTo)}${registered.pathname}${registered.search}`)
  return { url: url.href }
}
