import type { Operation } from '../../wink/types.ts'

/** All members of a match. {@link FaultMatch} says which go together. */
export interface FaultMatchMembers {
  /** Identifier of the managing entity in the path, in either case. Default: all. */
  readonly managingEntityIdentifier?: string
  /** Method of the request, such as `POST`, in either case. Default: all. */
  readonly method?: string
  /** Operation of the imitated API. Default: all, and requests that are none. */
  readonly operation?: Operation
  /** Bearer token of the request. Default: all, and requests without one. */
  readonly token?: string
}

/** Requests of any operation. */
export interface AnyOperationMatch extends FaultMatchMembers {
  readonly operation?: never
}

/** Requests of an operation that reads webhooks. */
export interface ReadMatch extends FaultMatchMembers {
  /** Operation of the imitated API. */
  readonly operation: 'show-webhooks' | 'load-webhook' | 'show-webhook-events'
  /** Method of the request, such as `POST`, in either case. Default: all of the operation. */
  readonly method?: 'GET' | 'get' | 'HEAD' | 'head'
}

/** Requests that create a webhook. */
export interface CreateMatch extends FaultMatchMembers {
  /** Operation of the imitated API. */
  readonly operation: 'create-webhook'
  /** Method of the request, such as `POST`, in either case. Default: all of the operation. */
  readonly method?: 'POST' | 'post'
}

/** Requests that update a webhook. */
export interface UpdateMatch extends FaultMatchMembers {
  /** Operation of the imitated API. */
  readonly operation: 'update-webhook'
  /** Method of the request, such as `POST`, in either case. Default: all of the operation. */
  readonly method?: 'PATCH' | 'patch'
}

/** Requests that delete a webhook. */
export interface DeleteMatch extends FaultMatchMembers {
  /** Operation of the imitated API. */
  readonly operation: 'delete-webhook'
  /** Method of the request, such as `POST`, in either case. Default: all of the operation. */
  readonly method?: 'DELETE' | 'delete'
}

/** Requests that get or revoke a token, which name no managing entity. */
export interface TokenMatch extends FaultMatchMembers {
  /** Operation of the imitated API. */
  readonly operation: 'create-token' | 'revoke-token'
  /** Method of the request, such as `POST`, in either case. Default: all of the operation. */
  readonly method?: 'POST' | 'post'
  readonly managingEntityIdentifier?: never
}

/** Requests for the keys of tokens, which name no managing entity. */
export interface KeysMatch extends FaultMatchMembers {
  /** Operation of the imitated API. */
  readonly operation: 'show-keys'
  /** Method of the request, such as `POST`, in either case. Default: all of the operation. */
  readonly method?: 'GET' | 'get' | 'HEAD' | 'head'
  readonly managingEntityIdentifier?: never
}

/** Selects the requests that a fault acts on. */
export type FaultMatch =
  AnyOperationMatch | ReadMatch | CreateMatch | UpdateMatch | DeleteMatch | TokenMatch | KeysMatch
