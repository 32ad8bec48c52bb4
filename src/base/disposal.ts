/**
 * What `await using` needs, where the types of the program know `Symbol.asyncDispose`: those of Node.js do, and the library
 * `esnext.disposable`.
 */
export type AsyncDisposal = typeof Symbol extends {
  readonly asyncDispose: infer Key extends symbol
}
  ? Readonly<Record<Key, () => Promise<void>>>
  : unknown

/** What `await using` needs, where the runtime has the symbol: Node.js 20 has it, but not in the realms of Jest. */
export const disposedBy = (close: () => Promise<void>): AsyncDisposal =>
  /* c8 ignore next - the tests of the package in Jest have no symbol */
  Object.fromEntries(
    'asyncDispose' in Symbol ? [[Symbol.asyncDispose, close]] : [],
  ) as AsyncDisposal
