import { entityKey } from '../../wink/managing-entity.ts'
import type { DeliveryRecord } from './delivery.ts'
import type { DeliveryFilter } from './types.ts'

/** The part of a delivery that each member of a filter is compared with. */
const partsOf: Readonly<Record<keyof DeliveryFilter, (delivery: DeliveryRecord) => string>> = {
  id: ({ id }) => id,
  managingEntityIdentifier: ({ managingEntityIdentifier }) => entityKey(managingEntityIdentifier),
  webhookId: ({ webhookId }) => webhookId.toLowerCase(),
  eventId: ({ event }) => event.id.toLowerCase(),
  type: ({ event }) => event.type,
  state: ({ state }) => state,
}

/** Members whose case does not matter. */
const anyCase = new Set(['id', 'managingEntityIdentifier', 'webhookId', 'eventId'])

/** Builds a predicate from a filter. */
export function matcherOf(filter: DeliveryFilter): (delivery: DeliveryRecord) => boolean {
  const wanted = Object.entries(partsOf).flatMap(([name, partOf]) => {
    const given = filter[name as keyof DeliveryFilter]
    if (given === undefined) return []
    return [{ partOf, value: anyCase.has(name) ? given.toLowerCase() : given }]
  })
  return (delivery) => wanted.every(({ partOf, value }) => partOf(delivery) === value)
}
