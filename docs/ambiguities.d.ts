import type { Ambiguity } from '../src/wink/switches/schema.ts'

/** The page fidelity.md, its section on switches as these ambiguities have it. */
export function withSwitches(page: string, ambiguities: readonly Ambiguity[]): string
