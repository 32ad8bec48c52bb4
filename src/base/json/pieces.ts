import { LazyList } from './lazy-list.ts'

/** Length of a piece, in characters: what is shorter is one, and no piece has more than an item on top. */
const pieceLength = 64 * 1024

type List = readonly unknown[] | LazyList<unknown>

const isList = (value: unknown): value is List => Array.isArray(value) || value instanceof LazyList

/** Whether a value is, or has as a member, a list: it may be of any length. */
export function hasList(value: object): boolean {
  if (isList(value)) return true
  for (const name in value) {
    const member: unknown = value[name as keyof typeof value]
    // Most members are texts; to ask all of them what they are would take longer than the rest.
    if (typeof member === 'object' && isList(member)) return true
  }
  return false
}

/**
 * The JSON text of a value in pieces: its list, or the lists among its members, item by item.
 *
 * @returns the last piece, which is all of a short text
 */
export function* piecesOf(value: object): Generator<string, string> {
  let piece = ''
  for (const text of texts(value)) {
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
    const members = Object.entries(value).filter(([, member]) => member !== undefined)
    for (const [name, member] of members) {
      yield `${mark}${JSON.stringify(name)}:`
      if (isList(member)) yield* itemTexts(member)
      else yield JSON.stringify(member)
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
