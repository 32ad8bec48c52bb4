import type { Scope } from '../data-schema.ts'

/** All scopes, in the order in which they are listed (CONTRACT §5). */
export const allScopes: readonly Scope[] = ['account.read', 'account.write', 'account.remove']

/** Whether a text names a scope that there is. */
export const isScope = (text: string): text is Scope => (allScopes as string[]).includes(text)

/** The scopes of a space-delimited list; what is none is left out (RFC 6749 §3.3). */
export const scopesIn = (list: string): Scope[] => list.split(' ').filter(isScope)
