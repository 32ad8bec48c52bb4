/** The operations that both documents have, and their differences, one line each. */
export function driftOf(
  theirs: object,
  ours: object,
): { readonly common: readonly string[]; readonly lines: readonly string[] }
