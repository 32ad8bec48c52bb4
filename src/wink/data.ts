import { TypeCompiler } from '@sinclair/typebox/compiler'
import { SandboxData } from './data-schema.ts'
import { entityKey } from './managing-entity.ts'
import { subjectOf } from './auth/users.ts'
import { copied, dropNulls } from '../base/problems/validate.ts'
import { collectViolations, named, type Violations } from '../base/problems/violations.ts'
import type { Violation } from '../base/problems/types.ts'

/** Invalid data for a sandbox. The message names places and reasons, but no values. */
export class DataError extends Error {
  /** Always `DataError`. */
  override readonly name = 'DataError'
  /** The first 50 violations. */
  readonly violations: readonly Violation[]

  constructor(violations: Violations) {
    super(named(violations))
    this.violations = violations.listed
  }
}

/** An error with a single violation. */
export const dataError = (pointer: string, detail: string): DataError =>
  new DataError({ total: 1, listed: [{ pointer, detail }] })

/**
 * Validates the data of a sandbox: against the schema, then for consistency.
 *
 * @returns a copy
 * @throws DataError
 */
export function requireData(data: unknown): SandboxData {
  const given = copied(data, (violations) => {
    throw new DataError(violations)
  })
  const schema = TypeCompiler.Compile(SandboxData)
  const value = schema.Check(given) ? given : dropNulls(SandboxData, given)
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

/** @param keyOf - normalizes values for comparison; by default as UUIDs */
function requireDistinct<Field extends string>(
  pointer: string,
  field: Field,
  items: readonly Partial<Record<Field, string>>[],
  keyOf = entityKey,
): void {
  const seen = new Map<string, number>()
  for (const [index, item] of items.entries()) {
    const value = item[field]
    if (value === undefined) continue
    const key = keyOf(value)
    const first = seen.get(key)
    if (first !== undefined) {
      const place = `${pointer}/${index}/${field}`
      throw dataError(place, `must differ from ${pointer}/${first}/${field}`)
    }
    seen.set(key, index)
  }
}

function requireKnownEntities(data: SandboxData): void {
  const { managingEntities, tokens = [], clients = [], webhooks = [] } = data
  if (managingEntities === undefined) return
  const known = new Set(managingEntities.map(({ identifier }) => entityKey(identifier)))
  const named = [
    ...entitiesOf('#/tokens', tokens),
    ...entitiesOf('#/clients', clients),
    ...webhooks.map(({ ownerIdentifier }, index) => ({
      identifier: ownerIdentifier,
      pointer: `#/webhooks/${index}/ownerIdentifier`,
    })),
  ]
  const unknownEntity = named.find(({ identifier }) => !known.has(entityKey(identifier)))
  if (unknownEntity) throw dataError(unknownEntity.pointer, 'must be one of #/managingEntities')
}

/** Each managing entity that tokens or clients refer to, with the JSON pointer of the reference. */
function entitiesOf(
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

/** Requires the configured user of a JWT to be its `sub` (CONTRACT §3). */
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
