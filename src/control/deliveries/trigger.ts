import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { Static } from '@sinclair/typebox'
import type { Violation } from '../../base/problems/types.ts'
import { encodeFragment } from '../../base/problems/violations.ts'
import { refuseViolations, requireShape } from '../../base/problems/validate.ts'
import type { EventTrigger } from './trigger-schema.ts'

/** Header fields that a trigger may not name, in lower case, each with the reason. */
const ownFields: Readonly<Record<string, string>> = {
  'content-type': 'it is application/json, or the contentType beside raw',
  'content-length': 'it follows from the body',
  host: 'it follows from the URL',
  'user-agent': "it is the sandbox's own",
  'x-wink-mock-delivery-id': "it is the sandbox's own",
  'x-wink-mock-delivery-attempt': "it is the sandbox's own",
  ...Object.fromEntries(
    [
      'connection',
      'expect',
      'http2-settings',
      'keep-alive',
      'proxy-authenticate',
      'proxy-authorization',
      'proxy-connection',
      'te',
      'trailer',
      'transfer-encoding',
      'upgrade',
    ].map((name) => [name, 'it is about the connection, not about the event']),
  ),
}

/** Greatest length of all header fields of a trigger together, in characters: servers take hardly more. */
const maxHeadersLength = 16 * 1024

/** A trigger as its schema has it. */
export type GivenTrigger = Static<typeof EventTrigger>

const fieldValueRule =
  'must be the value of a header field, without blanks at its ends (RFC 9110 §5.5)'

const signatureFields = ['webhook-id', 'webhook-timestamp', 'webhook-signature']

/**
 * Validates a trigger.
 *
 * @throws ApiError `bad-request` that points at each violation
 */
export function requireTrigger(schema: typeof EventTrigger, value: unknown): GivenTrigger {
  const trigger = requireShape(schema, value, 'The event')
  const listed = [
    ...memberRules
      .filter(({ isBroken }) => isBroken(trigger))
      .map(({ pointer, detail }) => ({ pointer, detail })),
    ...headerViolations(trigger),
  ]
  refuseViolations('The event', { total: listed.length, listed })
  return trigger
}

/** Rules for members that exclude or need each other, each with the member at which a violation points. */
const memberRules: readonly (Violation & {
  readonly isBroken: (trigger: GivenTrigger) => boolean
})[] = [
  {
    pointer: '#/managingEntityIdentifier',
    detail: 'must be present, or webhookId in its place',
    isBroken: ({ managingEntityIdentifier, webhookId }) =>
      managingEntityIdentifier === undefined && webhookId === undefined,
  },
  {
    pointer: '#/id',
    detail: 'must be left out: raw takes its place',
    isBroken: ({ raw, id }) => raw !== undefined && id !== undefined,
  },
  {
    pointer: '#/object',
    detail: 'must be left out: raw takes its place',
    isBroken: ({ raw, object }) => raw !== undefined && object !== undefined,
  },
  {
    pointer: '#/object',
    detail: 'must be JSON',
    isBroken: ({ raw, object }) => raw === undefined && !isJson(object),
  },
  {
    pointer: '#/contentType',
    detail: 'must be left out: it goes with raw',
    isBroken: ({ raw, contentType }) => raw === undefined && contentType !== undefined,
  },
  {
    pointer: '#/contentType',
    detail: fieldValueRule,
    isBroken: ({ raw, contentType = '' }) => raw !== undefined && !isFieldValue(contentType),
  },
]

function* headerViolations({ headers = {}, sign }: GivenTrigger): Generator<Violation> {
  const length = Object.entries(headers).flat().join('').length
  if (length > maxHeadersLength) {
    yield {
      pointer: '#/headers',
      detail: `must have at most ${maxHeadersLength} characters together, not ${length}`,
    }
    return
  }
  const seen = new Set<string>()
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase()
    const detail = fieldProblem(name, value, seen, sign !== undefined)
    seen.add(key)
    if (detail !== undefined) {
      yield {
        pointer: `#/headers/${encodeFragment(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`,
        detail,
      }
    }
  }
}

function fieldProblem(
  name: string,
  value: string,
  seen: ReadonlySet<string>,
  isSigned: boolean,
): string | undefined {
  const key = name.toLowerCase()
  if (!isFieldName(name)) return 'must be the name of a header field (RFC 9110 §5.1)'
  if (seen.has(key)) return 'must be left out: another field has this name'
  const own = Object.hasOwn(ownFields, key) ? ownFields[key] : undefined
  if (own !== undefined) return `must be left out: ${own}`
  if (isSigned && signatureFields.includes(key)) return 'must be left out: sign makes it'
  return isFieldValue(value) ? undefined : fieldValueRule
}

const isFieldName = (name: string): boolean =>
  succeeds(() => {
    validateHeaderName(name)
  })

const isFieldValue = (value: string): boolean =>
  !/^[ \t]|[ \t]$/.test(value) &&
  succeeds(() => {
    validateHeaderValue('value', value)
  })

/** Values from the library may be no JSON, such as a BigInt or a cycle. */
const isJson = (value: unknown): boolean => succeeds(() => JSON.stringify(value))

function succeeds(check: () => unknown): boolean {
  try {
    check()
    return true
  } catch {
    return false
  }
}
