import { Type } from '@sinclair/typebox'
import { blankAtEnd } from '../../base/schema/format-causes.ts'
import { formatted } from '../../base/schema/formats.ts'
import type * as types from '../types.ts'

const sections = [
  'account',
  'inventory',
  'booking',
  'marketing',
  'content',
  'analytics',
  'integrations',
  'payment',
  'accounting',
  'mcp',
] as const satisfies readonly types.ScopeSection[]

const actions = ['read', 'write', 'remove'] as const

export type Scope = types.Scope

/** All scopes that Wink documents. */
export const allScopes: readonly Scope[] = sections.flatMap((section) =>
  actions.map((action): Scope => `${section}.${action}`),
)

/** The scopes of the webhook resource, the only ones that open anything here (CONTRACT §5). */
export const webhookScopes = ['account.read', 'account.write', 'account.remove'] as const
export type WebhookScope = (typeof webhookScopes)[number]

/** Whether a text is the name of a scope. */
export const isScope = (text: string): text is Scope => (allScopes as string[]).includes(text)

/** The scopes in a space-delimited list; unknown names are ignored (RFC 6749 §3.3). */
export const scopesIn = (list: string): Scope[] => list.split(' ').filter(isScope)

/** The form of a scope in words: a list of all 30 would be too long. */
export const scopeInWords = `SECTION.ACTION, where SECTION is one of ${sections.join(', ')}, and ACTION one of ${actions.join(', ')}`

/** The name of a scope. */
export const Scope = Type.Unsafe<Scope>(
  formatted(
    'WinkMockScope',
    { test: isScope, expected: `a scope of Wink: ${scopeInWords}`, causes: [blankAtEnd] },
    { enum: [...allScopes] },
  ),
)
