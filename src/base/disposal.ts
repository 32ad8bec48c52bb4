/** `Symbol.asyncDispose`, where the types of the program know it: those of Node.js do, and the library `esnext.disposable`. */
type DisposeKey = typeof Symbol extends { readonly asyncDispose: infer Key extends symbol }
  ? Key
  : never

/** What `await using` needs. It does the same as `close`. */
export type AsyncDisposal = Readonly<Record<DisposeKey, () => Promise<void>>>

/** Makes `await using` possible where the runtime has the symbol: Node.js 20 has it, but not in the realms of Jest. */
export function disposedBy(close: () => Promise<void>): AsyncDisposal {
  /* c8 ignore next - the tests of the package in Jest have no symbol */
  const keys = 'asyncDispose' in Symbol ? [Symbol.asyncDispose] : []
  return Object.fromEntries(keys.map((key) => [key, close])) as unknown as AsyncDisposal
}
