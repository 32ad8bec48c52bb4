/* eslint-disable @typescript-eslint/ban-ts-comment -- an error only where the types do not know the symbol */
/** An object for `await using`. Programs without the types of Node.js, or the library `esnext.disposable`, do not see it. */
export interface AsyncDisposal {
  /**
   * Does the same as `close`.
   *
   * @ts-ignore where the symbol is not known */
  [Symbol.asyncDispose](): Promise<void>
}
/* eslint-enable */

/** Makes `await using` possible where the runtime has the symbol: Node.js 20 has it, but not in the realms of Jest. */
export function disposedBy(close: () => Promise<void>): AsyncDisposal {
  /* c8 ignore next - the tests of the package in Jest have no symbol */
  const keys = 'asyncDispose' in Symbol ? [Symbol.asyncDispose] : []
  return Object.fromEntries(keys.map((key) => [key, close])) as unknown as AsyncDisposal
}
