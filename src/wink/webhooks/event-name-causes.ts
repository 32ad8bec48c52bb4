import type { Cause } from '../../base/problems/causes.ts'
import { blankAtEnd } from '../../base/schema/format-causes.ts'
import { formatted } from '../../base/schema/formats.ts'
import { mostSimilar } from '../../base/similar-names.ts'
import { eventNames, misnamedEventNames, retiredEventNames } from './event-types.ts'

/**
 * The event type that `name` probably means: itself, its new name, or the most similar name of Wink's catalogue;
 * undefined if none is similar.
 */
export function closestEventName(name: string): string | undefined {
  if (eventNames.has(name)) return name
  const renamed = retiredEventNames.get(name) ?? misnamedEventNames.get(name)
  if (renamed !== undefined) return renamed
  return mostSimilar(name, eventNames.keys())
}

/** The hint about an event name that is not in Wink's catalogue; undefined if it is. */
export function catalogueHint(name: string): string | undefined {
  const closest = closestEventName(name)
  if (closest === name) return undefined
  const question = closest === undefined ? '' : `; did you mean ${closest}?`
  const fact = retiredEventNames.has(name) ? 'was retired from' : 'is not in'
  return `${JSON.stringify(name.slice(0, 100))} ${fact} Wink's event catalogue${question}`
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
