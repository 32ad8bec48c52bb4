import type { Ambiguity } from '../src/wink/switches/ambiguities.ts'

/** The text of fidelity.md with its section on switches rewritten from these ambiguities. */
export function withSwitches(page: string, ambiguities: readonly Ambiguity[]): string
