/** A list whose items are made when they are read, so that a long one can be written in pieces. */
export class LazyList<Item> implements Iterable<Item> {
  readonly length: number
  readonly #items: () => Iterable<Item>

  private constructor(length: number, items: () => Iterable<Item>) {
    this.length = length
    this.#items = items
  }

  /** @param show - makes the item of a source; called for each item, once for each iteration of the list */
  static of<Source, Item>(
    sources: readonly Source[],
    show: (source: Source) => Item,
  ): LazyList<Item> {
    return new LazyList(sources.length, function* () {
      for (const source of sources) yield show(source)
    })
  }

  [Symbol.iterator](): Iterator<Item> {
    return this.#items()[Symbol.iterator]()
  }

  /** All items, for `JSON.stringify`. */
  toJSON(): Item[] {
    return [...this]
  }
}

/** Length of a piece in characters. A piece exceeds it by at most one item; a shorter text is one piece. */
const pieceLength = 64 * 1024

type List = readonly unknown[] | LazyList<unknown>

const isList = (value: unknown): value is List => Array.isArray(value) || value instanceof LazyList

/** True for a list and for an object with a list among its fields, at any depth: their text may be long. */
export function hasList(value: object): boolean {
  if (isList(value)) return true
  for (const name in value) {
    const field: unknown = value[name as keyof typeof value]
    // Most fields are texts; `typeof` passes over them at the least cost.
    if (typeof field === 'object' && field !== null && hasList(field)) return true
  }
  return false
}

/**
 * The JSON text of a value in pieces; lists are written item by item, also those among the fields of an object.
 *
 * @returns the last piece, which is the whole of a short text
 */
export const piecesOf = (value: object): Generator<string, string> => joined(texts(value))

/**
 * Joins texts to pieces of some length.
 *
 * @returns the last piece, which is the whole of a short text
 */
export function* joined(parts: Iterable<string>): Generator<string, string> {
  let piece = ''
  for (const text of parts) {
    if (piece.length >= pieceLength) {
      yield piece
      piece = ''
    }
    piece += text
  }
  return piece
}

function* texts(value: object): Generator<string, undefined> {
  if (isList(value)) yield* itemTexts(value)
  else {
    let mark = '{'
    const fields = Object.entries<unknown>({ ...value }).filter(([, field]) => field !== undefined)
    for (const [name, field] of fields) {
      yield `${mark}${JSON.stringify(name)}:`
      if (typeof field === 'object' && field !== null && hasList(field)) yield* texts(field)
      else yield JSON.stringify(field)
      mark = ','
    }
    yield '}'
  }
}

function* itemTexts(list: List): Generator<string, undefined> {
  let mark = '['
  for (const item of list) {
    yield mark + JSON.stringify(item)
    mark = ','
  }
  yield mark === '[' ? '[]' : ']'
}
