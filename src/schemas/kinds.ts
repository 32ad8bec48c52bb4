import { Kind, Type, TypeRegistry, type StringOptions, type TUnsafe } from '@sinclair/typebox'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const instant =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/
const b64token = /^[\w\-.~+/]+=*$/

/** The characters that RFC 3986 §2 allows, `%` in triplets only, and the fragment's `#` once. */
const uriCharacters =
  /^(?:[\w\-.~:/?@!$&'()*+,;=[\]]|%[0-9a-f]{2})*(?:#(?:[\w\-.~:/?@!$&'()*+,;=]|%[0-9a-f]{2})*)?$/i
/**
 * `https://`, an authority with a host, then no bracket, which RFC 3986 §3.2.2 keeps for IP literals. No
 * host is as long as this allows; the URL parser takes seconds for one of a megabyte.
 */
const httpsAuthority =
  /^https:\/\/(?:[^/?#@[\]]*@)?(?:\[[^/?#@[\]]+\]|[^/?#@[\]:]{1,4096})(?::\d*)?(?:[/?#][^[\]]*)?$/i

/**
 * True if `text` is a URI by RFC 3986 and an https URL that the WHATWG URL parser takes (CONTRACT §2).
 *
 * The two standards disagree both ways: RFC 3986 has no opinion on ports above 65535 or on hosts such
 * as `1.2.3.256`, and the WHATWG parser repairs blanks, backslashes and missing slashes. Both must agree.
 */
function isHttpsUrl(text: string): boolean {
  return uriCharacters.test(text) && httpsAuthority.test(text) && URL.canParse(text)
}

/** True if `text` is a date and time by RFC 3339 §5.6 that exists in the calendar; leap seconds do not. */
function isInstant(text: string): boolean {
  // A day that the month does not have becomes one of the next month.
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDate()
  return instant.test(text) && day === Number(text.slice(8, 10))
}

/**
 * The strings with a form of their own: what each must look like, and the words that say so.
 *
 * They are TypeBox kinds and not entries of its format registry: that registry is shared with every
 * other user of TypeBox in the process, and a host application may well define its own `uuid` there.
 */
export const stringKinds = {
  WinkMockUuid: {
    test: (text: string) => uuid.test(text),
    expected: 'a UUID, such as d5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69',
  },
  WinkMockHttpsUrl: {
    test: isHttpsUrl,
    expected: 'an absolute https URL (RFC 3986), such as https://api.example.com/webhooks',
  },
  WinkMockInstant: {
    test: isInstant,
    expected: 'a date and time with offset (RFC 3339), such as 2026-01-14T09:30:00.000Z',
  },
  WinkMockBearerToken: {
    test: (text: string) => b64token.test(text),
    expected: 'a bearer token (RFC 6750, b64token): letters, digits and - . _ ~ + /, then any =',
  },
} as const

function stringKind(kind: keyof typeof stringKinds, options: StringOptions): TUnsafe<string> {
  const { test } = stringKinds[kind]
  TypeRegistry.Set(kind, (_schema, value) => typeof value === 'string' && test(value))
  return Type.Unsafe<string>({ ...options, [Kind]: kind, type: 'string' })
}

/** A UUID of any version, in either case (RFC 9562 §4). */
export const Uuid = stringKind('WinkMockUuid', { format: 'uuid' })

/** A usable https URL (CONTRACT §2, `eventUrl`). */
export const HttpsUrl = stringKind('WinkMockHttpsUrl', { format: 'uri' })

/** A date and time with offset (RFC 3339 §5.6). */
export const Instant = stringKind('WinkMockInstant', { format: 'date-time' })

/** An access token as it stands in an `Authorization` header (RFC 6750 §2.1). */
export const BearerToken = stringKind('WinkMockBearerToken', {})
