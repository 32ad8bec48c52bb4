/**
 * The hooks of a route, and one more behind them.
 *
 * @param hooks - what the route has so far: none, one, or a list
 */
export const withHook = <Hook>(hooks: unknown, hook: Hook): Hook[] =>
  [hooks ?? [], hook].flat() as Hook[]
