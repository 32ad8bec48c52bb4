import { TypeCompiler } from '@sinclair/typebox/compiler'
import { SandboxData } from './data-schema.ts'
import { entityKey } from './webhooks/entity.ts'
import { subjectOf } from './auth/users.ts'
import { copied, withoutNulls } from '../base/problems/validate.ts'
import { collectViolations, named, type Violations } from '../base/problems/violations.ts'
import type { Violation } from '../base/problems/schema.ts'

/** Data that a sandbox cannot hold. The message names the places and the reasons, and no value. */
export class DataError extends Error {
  override readonly name = 'DataError'
  /** What is wrong, the first 50 of it. */
  readonly violations: readonly Violation[]

  constructor(violations: Violations) {
    super(named(violations))
    this.violations = violations.listed
  }
}

/** The refusal of data with one thing wrong in it. */
export const dataError = (pointer: string, detail: string): DataError =>
  new DataError({ total: 1, listed: [{ pointer, detail }] })

/**
 * A copy of what a sandbox shall hold, after a check of its shape and that its parts fit together.
 *
 * @throws DataError that says what is wrong
 */
export function requireData(data: unknown): SandboxData {
  const given = copied(data, (violations) => {
    throw new DataError(violations)
  })
  const schema = TypeCompiler.Compile(SandboxData)
  const value = schema.Check(given) ? given : withoutNulls(SandboxData, given)
  if (!schema.Check(value)) {
    throw new DataError(collectViolations(schema.Errors(value)))
  }
  const { managingEntities = [], tokens = [], clients = [], webhooks = [] } = value
  requireDistinct('#/managingEntities', 'identifier', managingEntities)
  requireDistinct('#/tokens', 'token', tokens, exactly)
  requireDistinct('#/clients', 'id', clients, exactly)
  requireDistinct('#/webhooks', 'id', webhooks)
  requireKnownEntities(value)
  requireOneUser(value)
  return value
}

const exactly = (value: string): string => value

/** @param keyOf - the form in which values are compared; by default, as UUIDs are */
function requireDistinct<Member extends string>(
  pointer: string,
  member: Member,
  items: readonly Partial<Record<Member, string>>[],
  keyOf = entityKey,
): void {
  const seen = new Map<string, number>()
  for (const [index, item] of items.entries()) {
    const value = item[member]
    if (value === undefined) continue
    const key = keyOf(value)
    const first = seen.get(key)
    if (first !== undefined) {
      const place = `${pointer}/${index}/${member}`
      throw dataError(place, `must differ from ${pointer}/${first}/${member}`)
    }
    seen.set(key, index)
  }
}

function requireKnownEntities(data: SandboxData): void {
  const { managingEntities, tokens = [], clients = [], webhooks = [] } = data
  if (managingEntities === undefined) return
  const known = new Set(managingEntities.map(({ identifier }) => entityKey(identifier)))
  const named = [
    ...managed('#/tokens', tokens),
    ...managed('#/clients', clients),
    ...webhooks.map(({ ownerIdentifier }, index) => ({
      identifier: ownerIdentifier,
      pointer: `#/webhooks/${index}/ownerIdentifier`,
    })),
  ]
  const stranger = named.find(({ identifier }) => !known.has(entityKey(identifier)))
  if (stranger) throw dataError(stranger.pointer, 'must be one of #/managingEntities')
}

/** The managing entities that tokens or clients may manage, and where they are named. */
function managed(
  pointer: string,
  managers: readonly { readonly managingEntities?: readonly string[] | undefined }[],
) {
  return managers.flatMap(({ managingEntities = [] }, index) =>
    managingEntities.map((identifier, item) => ({
      identifier,
      pointer: `${pointer}/${index}/managingEntities/${item}`,
    })),
  )
}

/** A JWT names its user itself (CONTRACT §3): the configured user may not be another one. */
function requireOneUser({ tokens = [] }: SandboxData): void {
  for (const [index, { token, userIdentifier }] of tokens.entries()) {
    const subject = subjectOf(token)
    if (subject === undefined || userIdentifier === undefined) continue
    if (subject.toLowerCase() !== userIdentifier.toLowerCase()) {
      throw dataError(
        `#/tokens/${index}/userIdentifier`,
        'must be left out or be the "sub" of the token, which is a JWT',
      )
    }
  }
}
