import type { Lazy } from '../../base/lazy.ts'
import { requireShape } from '../../base/problems/validate.ts'
import type { WaitSignal } from '../../base/signal.ts'
import type { Deliveries } from './deliveries.ts'
import { DeliveryFilter as DeliveryFilterSchema } from './schema.ts'
import type {
  Delivery,
  DeliveryFilter,
  DeliveryWait,
  EventTrigger,
  Redelivery,
  TriggeredEvent,
} from './types.ts'
import { deliveryView, viewer } from './view.ts'

/** Triggers events, which go to the receivers of webhooks. */
export interface EventControl {
  /**
   * Sends an event to each webhook of a managing entity that subscribes to its type. With `waitMs` it resolves when all
   * deliveries have ended, or when the time is up. If the sandbox closes meanwhile, the deliveries are cancelled and the
   * wait rejects.
   *
   * @param signal - ends the wait, such as that of an `AbortController`; the deliveries go on. If it was aborted before,
   *   nothing is sent
   * @throws ApiError `bad-request` if the event is invalid, `not-found` if there is no such webhook, `conflict` if there is
   *   no room for its deliveries or for the wait; nothing is sent then. `service-unavailable` if the sandbox closes
   */
  trigger(event: EventTrigger, signal?: WaitSignal): Promise<TriggeredEvent>
}

/** Queries the deliveries of events. */
export interface DeliveryControl {
  /** Lists deliveries, oldest first. */
  list(filter?: DeliveryFilter): Delivery[]
  /**
   * Shows the delivery with this id, the `X-Wink-Mock-Delivery-Id` of its requests.
   *
   * @throws ApiError `not-found` if there is none, or no longer
   */
  get(id: string): Delivery
  /**
   * Waits until enough deliveries match, those that match already included. Without a `state` they match when they have
   * ended.
   *
   * @param signal - cancels the wait, such as that of an `AbortController`; the wait then rejects with its reason
   * @throws ApiError `request-timeout` that says which deliveries there were instead
   */
  wait(what?: DeliveryWait, signal?: WaitSignal): Promise<Delivery[]>
  /**
   * Sends a delivery that has ended once more: the same bytes with the same id, and the next attempt numbers. With
   * `waitMs` it resolves when the delivery has ended, or when the time is up.
   *
   * @param signal - ends the wait; the delivery goes on
   * @throws ApiError `not-found` if there is none, `conflict` if it is pending, was skipped, has had 100 attempts, or if
   *   there is no room for it or for the wait
   */
  redeliver(id: string, how?: Redelivery, signal?: WaitSignal): Promise<Delivery>
  /** Forgets deliveries, and cancels those that are pending. */
  clear(filter?: DeliveryFilter): void
}

/** Why deliveries were cancelled. */
export const cleared = 'The delivery was removed.'

export const buildEventControl = (deliveries: Lazy<Deliveries>): EventControl => ({
  trigger: async (event, signal) => {
    const triggered = await deliveries.value.trigger(event, signal)
    const { id, type } = triggered.event
    return {
      event: { id, type },
      deliveries: triggered.deliveries.map(viewer()),
      others: [...triggered.others],
      hints: [...triggered.hints],
    }
  },
})

export const buildDeliveryControl = (deliveries: Lazy<Deliveries>): DeliveryControl => ({
  list: (filter = {}) => deliveries.value.find(filter).map(viewer()),
  get: (id) => deliveryView(deliveries.value.get(id)),
  wait: async (what = {}, signal) => (await deliveries.value.wait(what, signal)).map(viewer()),
  redeliver: async (id, how = {}, signal) =>
    deliveryView((await deliveries.value.redeliver(id, how, signal)).delivery),
  clear: (filter = {}) => {
    deliveries.value.remove(requireShape(DeliveryFilterSchema, filter, 'The filter'), cleared)
  },
})
