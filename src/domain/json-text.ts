import { LazyList } from './lazy-list.ts'

/** Lists that are longer are written piece by piece. */
const maxAtOnce = 250
/** Length of a piece, in characters, roughly. */
const pieceLength = 16 * 1024

type List = readonly unknown[] | LazyList<unknown>

const isList = (value: unknown): value is List => Array.isArray(value) || value instanceof LazyList

/** Whether a value is, or has as a member, a list that takes long to write. */
export function isLarge(value: object): boolean {
  if (isList(value)) return value.length > maxAtOnce
  for (const name in value) {
    const member: unknown = value[name as keyof typeof value]
    // Most members are texts; to ask all of them what they are would take longer than the rest.
    if (typeof member === 'object' && isList(member) && member.length > maxAtOnce) return true
  }
  return false
}

/** The JSON text of a value in pieces: its list, or the lists among its members, item by item. */
export function* piecesOf(value: object): Generator<string, undefined> {
  let piece = ''
  for (const text of texts(value)) {
    piece += text
    if (piece.length < pieceLength) continue
    yield piece
    piece = ''
  }
  yield piece
}

function* texts(value: object): Generator<string, undefined> {
  if (isList(value)) yield* itemTexts(value)
  else {
    let mark = '{'
    for (const [name, member] of Object.entries(value)) {
      yield `${mark}${JSON.stringify(name)}:`
      if (isList(member)) yield* itemTexts(member)
      /* c8 ignore next - what has a long list has nothing but lists, as yet */
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
