import { Type, type Static } from '@sinclair/typebox'

/** A scope of the webhook resource (CONTRACT §5). */
export const Scope = Type.Union([
  Type.Literal('account.read'),
  Type.Literal('account.write'),
  Type.Literal('account.remove'),
])
export type Scope = Static<typeof Scope>

/** All scopes, in the order in which answers list them (CONTRACT §5). */
export const allScopes: readonly Scope[] = Scope.anyOf.map((literal) => literal.const)

/** Whether a text is the name of a scope. */
export const isScope = (text: string): text is Scope => (allScopes as string[]).includes(text)

/** The scopes in a space-delimited list; unknown names are ignored (RFC 6749 §3.3). */
export const scopesIn = (list: string): Scope[] => list.split(' ').filter(isScope)
