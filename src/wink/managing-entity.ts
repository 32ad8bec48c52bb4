import { decoded } from '../base/target.ts'

/** Identifier of a managing entity in lower case, for comparison (CONTRACT §2). */
export const entityKey = (identifier: string): string => identifier.toLowerCase()

/** Whether two identifiers name the same managing entity. Compares the texts first, which is faster. */
export const isSameEntity = (one: string, other: string): boolean =>
  one === other || entityKey(one) === entityKey(other)

/** The parts of a request that name its managing entity. */
export interface EntityRequest {
  /** Path parameters. */
  readonly params: unknown
  readonly url: string
}

/** The managing entity that a request names, even on an unknown path. */
export function managingEntityOf({ params, url }: EntityRequest): string | undefined {
  const { managingEntityIdentifier } = (params ?? {}) as { managingEntityIdentifier?: string }
  return managingEntityIdentifier ?? managingEntityOfPath(url)
}

/** The managing entity in a request target. Accepts wrong paths too: extra slashes, upper case, no `/api`. */
function managingEntityOfPath(target: string): string | undefined {
  const identifier = /^\/+(?:api\/+)?managing-entity\/([^/?#]+)/i.exec(target)?.[1]
  return identifier === undefined ? undefined : decoded(identifier)
}
