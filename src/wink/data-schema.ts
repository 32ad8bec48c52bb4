import { Type } from '@sinclair/typebox'
import { exampleData } from './examples.ts'
import { BearerToken, Instant, Name, Uuid } from '../base/schema/formats.ts'
import { Scope } from './auth/scopes.ts'
import { Webhook } from './webhooks/schema.ts'
import type { InterfaceOf } from '../base/schema/interface.ts'
import type * as types from './types.ts'

const closed = { additionalProperties: false }

/** A managing entity that exists from the start. */
export const ManagingEntityData = Type.Object(
  { identifier: Uuid, name: Name() },
  { ...closed, title: 'ManagingEntityData' },
)
export type ManagingEntityData = InterfaceOf<typeof ManagingEntityData, types.ManagingEntityData>

/** An access token that the sandbox accepts. An absent field does not restrict it. */
export const TokenData = Type.Object(
  {
    token: BearerToken,
    userIdentifier: Type.Optional(Uuid),
    scopes: Type.Optional(Type.Array(Scope)),
    managingEntities: Type.Optional(Type.Array(Uuid)),
    expiresAt: Type.Optional(Instant),
  },
  { ...closed, title: 'TokenData' },
)
export type TokenData = InterfaceOf<typeof TokenData, types.TokenData>

/** Default lifetime of an issued token, in seconds: Wink's three hours (CONTRACT §5). */
export const defaultTokenLifetimeSeconds = 3 * 60 * 60
/** Maximum lifetime of an issued token, in seconds: one day. */
export const maxTokenLifetimeSeconds = 24 * 60 * 60

/** A client that may request tokens. An absent field does not restrict it. */
export const ClientData = Type.Object(
  {
    id: Name(),
    secret: Name(),
    scopes: Type.Optional(Type.Array(Scope)),
    userIdentifier: Type.Optional(Uuid),
    managingEntities: Type.Optional(Type.Array(Uuid)),
    tokenLifetimeSeconds: Type.Optional(
      Type.Integer({ minimum: 1, maximum: maxTokenLifetimeSeconds }),
    ),
  },
  { ...closed, title: 'ClientData' },
)
export type ClientData = InterfaceOf<typeof ClientData, types.ClientData>

/**
 * A webhook that exists from the start. Fields that the server generates are optional. Values that any switch allows
 * are valid, so that a sandbox can import the export of another.
 */
export const WebhookData = Type.Object(
  {
    ...Webhook.properties,
    id: Type.Optional(Webhook.properties.id),
    createdDate: Type.Optional(Webhook.properties.createdDate),
    lastUpdate: Type.Optional(Webhook.properties.lastUpdate),
    version: Type.Optional(Webhook.properties.version),
    ownerIdentifier: Name(),
  },
  { ...closed, title: 'WebhookData' },
)
export type WebhookData = InterfaceOf<typeof WebhookData, types.WebhookData>

/** Initial state of a sandbox: the content of a `--data` file. */
export const SandboxData = Type.Object(
  {
    managingEntities: Type.Optional(Type.Array(ManagingEntityData)),
    tokens: Type.Optional(Type.Array(TokenData)),
    clients: Type.Optional(Type.Array(ClientData)),
    webhooks: Type.Optional(Type.Array(WebhookData)),
  },
  { ...closed, title: 'SandboxData', examples: [exampleData] },
)
export type SandboxData = InterfaceOf<typeof SandboxData, types.SandboxData>
