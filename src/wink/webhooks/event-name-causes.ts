import type { Cause } from '../../base/problems/causes.ts'
import { blankAtEnd } from '../../base/schema/format-causes.ts'
import { formatted } from '../../base/schema/formats.ts'
import { eventNames, misnamedEventNames, retiredEventNames } from './event-types.ts'

/** Maximum edit distance of similar names. */
const maxDistance = 3

/**
 * The event type that `name` probably means: itself, its new name, or the most similar name of Wink's catalogue;
 * undefined if none is similar.
 */
export function closestEventName(name: string): string | undefined {
  if (eventNames.has(name)) return name
  const renamed = retiredEventNames.get(name) ?? misnamedEventNames.get(name)
  if (renamed !== undefined) return renamed
  let closest: string | undefined
  let least = maxDistance + 1
  for (const candidate of eventNames.keys()) {
    if (Math.abs(candidate.length - name.length) >= least) continue
    const distance = editDistance(name, candidate)
    if (distance < least) [closest, least] = [candidate, distance]
  }
  return closest
}

/** The hint about an event name that is not in Wink's catalogue; undefined if it is. */
export function catalogueHint(name: string): string | undefined {
  const closest = closestEventName(name)
  if (closest === name) return undefined
  const question = closest === undefined ? '' : `; did you mean ${closest}?`
  const fact = retiredEventNames.has(name) ? 'was retired from' : 'is not in'
  return `${JSON.stringify(name.slice(0, 100))} ${fact} Wink's event catalogue${question}`
}

/** Levenshtein distance. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_cell, index) => index)
  for (let index = 0; index < one.length; index += 1) {
    const next = [index + 1]
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = Number(row[column - 1]) + (one[index] === other[column - 1] ? 0 : 1)
      next.push(Math.min(replaced, Number(row[column]) + 1, Number(next[column - 1]) + 1))
    }
    row = next
  }
  return Number(row[other.length])
}

const unknownName: Cause<string> = {
  is: () => true,
  says: (name) => {
    const closest = closestEventName(name)
    return [
      ...(retiredEventNames.has(name) ? ['Wink retired it'] : []),
      ...(closest === undefined ? [] : [`${closest} may be meant`]),
      '--unknown-event-names accept accepts any',
    ].join('; ')
  },
  source: 'wink; ours',
}

/** An event name of Wink's catalogue. */
export const EventName = formatted(
  'WinkMockEventName',
  {
    test: (text) => eventNames.has(text),
    expected: "an event type of Wink's catalogue, such as booking.create",
    causes: [blankAtEnd, unknownName],
  },
  { enum: [...eventNames.keys()] },
)
