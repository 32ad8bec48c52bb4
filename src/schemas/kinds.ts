import { METHODS } from 'node:http'
import {
  Kind,
  Type,
  TypeRegistry,
  type StringOptions,
  type TSchema,
  type TUnsafe,
} from '@sinclair/typebox'
import { eventNames } from './event-types.ts'
import { isBaseUrl, isHttpsOrLoopbackUrl, isHttpsUrl, isWebUrl } from './event-url.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const instant =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/
const b64token = /^[\w\-.~+/]+=*$/
/** Half of a surrogate pair: no UTF-8 text can hold it, and strict readers of JSON refuse it (RFC 8259 §8.2). */
const loneSurrogate = /\p{Surrogate}/u

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
  WinkMockText: {
    test: (text: string) => !loneSurrogate.test(text),
    expected: 'a string',
  },
  WinkMockName: {
    test: (text: string) => text !== '' && !loneSurrogate.test(text),
    expected: 'a string of at least 1 character',
  },
  WinkMockUuid: {
    test: (text: string) => uuid.test(text),
    expected: 'a UUID, such as d5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69',
  },
  WinkMockHttpsUrl: {
    test: isHttpsUrl,
    expected: 'an absolute https URL (RFC 3986), such as https://api.example.com/webhooks',
  },
  WinkMockHttpsOrLoopbackUrl: {
    test: isHttpsOrLoopbackUrl,
    expected:
      'an absolute https URL (RFC 3986) or an http one of a loopback host, such as http://localhost:3000/webhooks',
  },
  WinkMockWebUrl: {
    test: isWebUrl,
    expected: 'an absolute http or https URL (RFC 3986), such as https://api.example.com/webhooks',
  },
  WinkMockBaseUrl: {
    test: isBaseUrl,
    expected:
      'an absolute http or https URL without user info, query, fragment and slash at its end, such as http://wink.test:4010',
  },
  WinkMockEventName: {
    test: (text: string) => eventNames.has(text),
    expected: "an event type of Wink's catalogue, such as booking.create",
  },
  WinkMockInstant: {
    test: isInstant,
    expected: 'a date and time with offset (RFC 3339), such as 2026-01-14T09:30:00.000Z',
  },
  WinkMockBearerToken: {
    test: (text: string) => b64token.test(text),
    expected: 'a bearer token (RFC 6750, b64token): letters, digits and - . _ ~ + /, then any =',
  },
  WinkMockHttpMethod: {
    test: (text: string) => METHODS.includes(text.toUpperCase()),
    expected: 'an HTTP method, such as POST',
  },
} as const

/** The name of a kind of strings. */
export type StringKind = keyof typeof stringKinds

/** What a string with a form of its own must be, such as `a UUID, such as …`. */
export const expectedOf = (schema: TSchema): string =>
  stringKinds[schema[Kind] as StringKind].expected

function stringKind(kind: StringKind, options: StringOptions): TUnsafe<string> {
  const { test } = stringKinds[kind]
  TypeRegistry.Set(kind, (_schema, value) => typeof value === 'string' && test(value))
  return Type.Unsafe<string>({ ...options, [Kind]: kind, type: 'string' })
}

/** Any text that UTF-8 can hold: Unicode characters, no half of a surrogate pair. */
export const Text = (options: StringOptions = {}) => stringKind('WinkMockText', options)

/** The same with at least 1 character. */
export const Name = (options: StringOptions = {}) =>
  stringKind('WinkMockName', { minLength: 1, ...options })

/** A UUID of any version, in either case (RFC 9562 §4). */
export const Uuid = stringKind('WinkMockUuid', { format: 'uuid' })

/** A usable https URL (CONTRACT §2, `eventUrl`). */
export const HttpsUrl = stringKind('WinkMockHttpsUrl', { format: 'uri' })

/** A usable https URL, or an http URL whose host is the machine itself. */
export const HttpsOrLoopbackUrl = stringKind('WinkMockHttpsOrLoopbackUrl', { format: 'uri' })

/** A usable http or https URL. */
export const WebUrl = stringKind('WinkMockWebUrl', { format: 'uri' })

/** A usable http or https URL to which a path can be appended. */
export const BaseUrl = stringKind('WinkMockBaseUrl', { format: 'uri' })

/** The name of an event type that Wink's catalogue has. */
export const EventName = stringKind('WinkMockEventName', {
  enum: [...eventNames.keys()],
})

/** A date and time with offset (RFC 3339 §5.6). */
export const Instant = stringKind('WinkMockInstant', { format: 'date-time' })

/** An access token as it stands in an `Authorization` header (RFC 6750 §2.1). */
export const BearerToken = stringKind('WinkMockBearerToken', {})

/** A method that the HTTP parser knows, in either case. */
export const HttpMethod = stringKind('WinkMockHttpMethod', {})
