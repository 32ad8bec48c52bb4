import { METHODS } from 'node:http'
import {
  Kind,
  Type,
  TypeRegistry,
  type StringOptions,
  type TSchema,
  type TUnsafe,
} from '@sinclair/typebox'
import type { Cause } from '../problems/causes.ts'
import {
  bearerTokenCauses,
  blankAtEnd,
  instantCauses,
  textCauses,
  uuidCauses,
} from './format-causes.ts'
import { b64token, uuid } from './patterns.ts'
import { isBaseUrl, isOrigin, isWebUrl, webUrlCauses } from './web-url.ts'

/** A format of strings. */
export interface StringFormat {
  readonly test: (text: string) => boolean
  /** The format in words that continue "must be", such as `a UUID, such as …`. */
  readonly expected: string
  /** Reasons why a text does not have the format; the first that applies is named. */
  readonly causes: readonly Cause<string>[]
}

const formatKey = Symbol('StringFormat')

/** The schema of a string with a format. */
export type FormattedString = TUnsafe<string> & { readonly [formatKey]: StringFormat }

/** The format of a schema by {@link formatted}, or of a copy of one. */
export const formatOf = (schema: TSchema): StringFormat | undefined =>
  (schema as Partial<FormattedString>)[formatKey]

/**
 * A schema for strings with a format.
 *
 * The schema is a TypeBox kind, not an entry of TypeBox's format registry: the process shares that registry, and a host
 * application may define its own `uuid` there.
 *
 * @param kind - name in TypeBox's registry of kinds
 * @param options - keywords for the OpenAPI document
 */
export function formatted(
  kind: `WinkMock${string}`,
  format: StringFormat,
  options: StringOptions = {},
): FormattedString {
  TypeRegistry.Set(kind, (_schema, value) => typeof value === 'string' && format.test(value))
  const schema = { ...options, [Kind]: kind, type: 'string', [formatKey]: format }
  return Type.Unsafe<string>(schema) as FormattedString
}

const instant =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/
/** Half of a surrogate pair: UTF-8 cannot hold it, and strict JSON parsers refuse it (RFC 8259 §8.2). */
const loneSurrogate = /\p{Surrogate}/u

/** True for a date and time by RFC 3339 §5.6 that exists in the calendar. Leap seconds are refused. */
function isInstant(text: string): boolean {
  // `Date` turns a day beyond the end of the month into one of the next month.
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDate()
  return instant.test(text) && day === Number(text.slice(8, 10))
}

/** A string without lone surrogates, which UTF-8 cannot hold. */
export const Text = (options: StringOptions = {}) =>
  formatted(
    'WinkMockText',
    {
      test: (text) => !loneSurrogate.test(text),
      expected: 'a string',
      causes: textCauses,
    },
    options,
  )

/** A non-empty string without lone surrogates. */
export const Name = (options: StringOptions = {}) =>
  formatted(
    'WinkMockName',
    {
      test: (text) => text !== '' && !loneSurrogate.test(text),
      expected: 'a string of at least 1 character',
      causes: textCauses,
    },
    { minLength: 1, ...options },
  )

/** A UUID of any version, in either case (RFC 9562 §4). */
export const Uuid = formatted(
  'WinkMockUuid',
  {
    test: (text) => uuid.test(text),
    expected: 'a UUID, such as d5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69',
    causes: [blankAtEnd, ...uuidCauses],
  },
  { format: 'uuid' },
)

/** A usable http or https URL. */
export const WebUrl = formatted(
  'WinkMockWebUrl',
  {
    test: isWebUrl,
    expected: 'an absolute http or https URL (RFC 3986), such as https://api.example.com/webhooks',
    causes: [blankAtEnd, ...webUrlCauses],
  },
  { format: 'uri' },
)

/** The format of {@link BaseUrl}. */
export const baseUrlFormat: StringFormat = {
  test: isBaseUrl,
  expected:
    'an absolute http or https URL without user info, query, fragment and slash at its end, such as http://wink.test:4010',
  causes: [blankAtEnd, ...webUrlCauses],
}

/** A usable http or https URL to which a path can be appended. */
export const BaseUrl = formatted('WinkMockBaseUrl', baseUrlFormat, { format: 'uri' })

/** The format of {@link Origin}. */
export const originFormat: StringFormat = {
  test: isOrigin,
  expected: 'an origin (RFC 6454), such as https://app.example.com, or *',
  causes: [blankAtEnd],
}

/** An origin as browsers send it, or `*` for every origin. */
export const Origin = formatted('WinkMockOrigin', originFormat)

/** A date and time with offset (RFC 3339 §5.6). */
export const Instant = formatted(
  'WinkMockInstant',
  {
    test: isInstant,
    expected: 'a date and time with offset (RFC 3339), such as 2026-01-14T09:30:00.000Z',
    causes: [blankAtEnd, ...instantCauses],
  },
  { format: 'date-time' },
)

/** The format of {@link BearerToken}. */
export const bearerTokenFormat: StringFormat = {
  test: (text) => b64token.test(text),
  expected: 'a bearer token (RFC 6750, b64token): letters, digits and - . _ ~ + /, then any =',
  causes: [blankAtEnd, ...bearerTokenCauses],
}

/** An access token in an `Authorization` header (RFC 6750 §2.1). */
export const BearerToken = formatted('WinkMockBearerToken', bearerTokenFormat)

/** A method that the HTTP parser knows, in either case. */
export const HttpMethod = formatted('WinkMockHttpMethod', {
  test: (text) => METHODS.includes(text.toUpperCase()),
  expected: 'an HTTP method, such as POST',
  causes: [blankAtEnd],
})
