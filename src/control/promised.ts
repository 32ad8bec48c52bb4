/** `T`, with methods that give promises. */
export type Promised<T> = {
  readonly [Name in keyof T]: T[Name] extends (...values: infer Values) => infer Result
    ? (...values: Values) => Promise<Awaited<Result>>
    : T[Name] extends object
      ? Promised<T[Name]>
      : T[Name]
}

/** `T`, with methods whose results may be promises: what `T` and `Promised<T>` have in common. */
export type MaybePromised<T> = {
  readonly [Name in keyof T]: T[Name] extends (...values: infer Values) => infer Result
    ? (...values: Values) => Result | Promise<Awaited<Result>>
    : T[Name] extends object
      ? MaybePromised<T[Name]>
      : T[Name]
}
