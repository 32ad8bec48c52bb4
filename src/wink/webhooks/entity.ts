import { decoded } from '../../base/target.ts'

/** The form in which identifiers of managing entities are compared: without regard to case (CONTRACT §2). */
export const entityKey = (identifier: string): string => identifier.toLowerCase()

/** Whether two identifiers are of the same managing entity; nearly always they are the same text. */
export const isSameEntity = (one: string, other: string): boolean =>
  one === other || entityKey(one) === entityKey(other)

/** A request as far as it says which managing entity it is about. */
export interface EntityRequest {
  /** Parameters of its route. */
  readonly params: unknown
  readonly url: string
}

/** The managing entity that a request is about, on a path that does not exist too. */
export function managingEntityOf({ params, url }: EntityRequest): string | undefined {
  const { managingEntityIdentifier } = (params ?? {}) as { managingEntityIdentifier?: string }
  return managingEntityIdentifier ?? managingEntityOfPath(url)
}

/** The managing entity that a target names, if it names one, be it with a slash too many, in capitals or without `/api`. */
function managingEntityOfPath(target: string): string | undefined {
  const identifier = /^\/+(?:api\/+)?managing-entity\/([^/?#]+)/i.exec(target)?.[1]
  return identifier === undefined ? undefined : decoded(identifier)
}
