/** The views of the console, in the order in which they are listed. */
export const views = ['requests', 'webhooks', 'deliveries', 'faults', 'sandbox'] as const

/** A view of the console. */
export type View = (typeof views)[number]

/** A place in the console: the hash of its address. */
export interface Route {
  readonly view: View
  /** Id of the thing whose details are open; undefined if none are. */
  readonly id: string | undefined
  /** Filters by name; empty ones are left out. */
  readonly filters: Readonly<Record<string, string>>
}

/** The place that a hash stands for, such as `#/requests/ID?status=4xx`. An unknown one stands for the first view. */
export function parseHash(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const [name, id] = path.split('/')
  const view = views.find((one) => one === name) ?? views[0]
  return { view, id: id ? unescaped(id) : undefined, filters: filtersOf(query) }
}

/** The hash of a place. */
export function hashOf({ view, id, filters = {} }: Partial<Route> & Pick<Route, 'view'>): string {
  const entries = Object.entries(filters).filter(([, value]) => value !== '')
  const query = new URLSearchParams(entries).toString()
  return `#/${view}${id ? `/${encodeURIComponent(id)}` : ''}${query && `?${query}`}`
}

const filtersOf = (query: string): Route['filters'] =>
  Object.fromEntries(new URLSearchParams(query))

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
