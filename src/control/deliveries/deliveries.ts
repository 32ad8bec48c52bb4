import type { Clock } from '../../base/clock.ts'
import type { IdSource } from '../../base/ids.ts'
import type { LogMethod } from '../../base/logger.ts'
import { maskedText } from '../../base/masking/text.ts'
import { ApiError } from '../../base/problems/problems.ts'
import { requireId, requireShape } from '../../base/problems/validate.ts'
import type { AccountStore } from '../../wink/auth/accounts.ts'
import { entityKey } from '../../wink/managing-entity.ts'
import type { Switches } from '../../wink/switches/types.ts'
import { catalogueHint } from '../../wink/webhooks/event-name-causes.ts'
import type { Webhook } from '../../wink/webhooks/schema.ts'
import type { WebhookStore } from '../../wink/webhooks/store.ts'
import type { WaitSignal } from '../journal/types.ts'
import type { Waits } from '../waits.ts'
import { deliveryOf, skipOf, type DeliveryRecord, type OutgoingEvent } from './delivery.ts'
import { destinationOf } from './destination.ts'
import { eventOf } from './event.ts'
import { DeliveryRunner } from './runner.ts'
import { DeliveryFilter, DeliveryWait } from './schema.ts'
import { eventTrigger } from './trigger-schema.ts'
import type { DeliverySettings } from './settings.ts'
import { DeliveryStore, isPending } from './store.ts'
import { requireTrigger, type GivenTrigger } from './trigger.ts'
import type { DeliveryFilter as Filter } from './types.ts'
import { waitForDeliveries } from './waits.ts'

/** Number of attempts of one delivery, after which it is not sent again. */
const maxAttempts = 100

const limits = { maxDeliveries: 10_000, maxBytes: 16 * 1024 * 1024 }

/** Dependencies of {@link Deliveries}. */
export interface DeliveryParts {
  readonly webhooks: WebhookStore
  readonly accounts: AccountStore
  readonly switches: Pick<Switches, 'unknownEventNames' | 'timestamps'>
  readonly settings: DeliverySettings
  /** Receivers of the events of tenants, by managing entity. */
  readonly receivers: ReadonlyMap<string, string>
  readonly instants: () => string
  readonly eventIds: IdSource
  readonly deliveryIds: IdSource
  /** Clock for the times of attempts; never throws. */
  readonly clock: Clock
  readonly log: LogMethod
  readonly waits: Waits
}

/** An event that was triggered. */
export interface Triggered {
  readonly event: Pick<OutgoingEvent, 'id' | 'type'>
  readonly deliveries: readonly DeliveryRecord[]
  readonly hints: string[]
}

/** Triggers events, and keeps their deliveries. */
export class Deliveries {
  readonly #parts: DeliveryParts
  readonly #store = new DeliveryStore(limits)
  readonly #runner: DeliveryRunner
  readonly #schema: ReturnType<typeof eventTrigger>
  #isClosed = false

  constructor(parts: DeliveryParts) {
    this.#parts = parts
    this.#runner = new DeliveryRunner({ ...parts, store: this.#store })
    this.#schema = eventTrigger(parts.switches.unknownEventNames)
  }

  /**
   * @throws ApiError `bad-request` if the trigger is invalid, `not-found` if there is no such webhook, `conflict` if there
   *   is no room for the deliveries, `service-unavailable` if the sandbox closes
   */
  async trigger(value: unknown, signal: WaitSignal | undefined): Promise<Triggered> {
    const trigger = requireTrigger(this.#schema, value)
    this.#requireOpen()
    const { switches, settings, instants, eventIds, waits } = this.#parts
    const webhooks = this.#webhooksOf(trigger)
    const sources = { instants, ids: eventIds }
    const event = eventOf(trigger, sources, switches.timestamps, settings)
    const chains = webhooks.map((webhook) => this.#copiesFor(webhook, event, trigger))
    const deliveries = chains.flat()
    this.#store.add(deliveries)
    for (const chain of chains) this.#runner.start(chain)
    const { waitMs } = trigger
    if (waitMs !== undefined) {
      const watch = (met: () => void): (() => void) => {
        const see = (): void => {
          if (!deliveries.some(isPending)) met()
        }
        see()
        return this.#store.observe(see)
      }
      await waits.until({ watch, timeoutMs: waitMs, signal })
    }
    return { event, deliveries, hints: [...this.#hintsOf(trigger, webhooks)] }
  }

  #requireOpen(): void {
    if (!this.#isClosed) return
    throw new ApiError('service-unavailable', 'The sandbox is shutting down; start it again.')
  }

  #webhooksOf({ managingEntityIdentifier: entity, webhookId }: GivenTrigger): Webhook[] {
    const { webhooks } = this.#parts
    if (webhookId === undefined) return webhooks.list(entity)
    const key = webhookId.toLowerCase()
    const found = webhooks.list(entity).filter(({ id }) => id.toLowerCase() === key)
    if (found.length > 0) return found
    throw new ApiError(
      'not-found',
      entity === undefined
        ? `There is no webhook ${webhookId}.`
        : `The managing entity has no webhook ${webhookId}.`,
    )
  }

  /** The deliveries of an event to a webhook, in order. */
  #copiesFor(
    webhook: Webhook,
    event: OutgoingEvent,
    { deliverTo, copies = 1 }: GivenTrigger,
  ): DeliveryRecord[] {
    const { settings, receivers, deliveryIds } = this.#parts
    const { id: webhookId, ownerIdentifier: managingEntityIdentifier, eventUrl } = webhook
    const receiver =
      deliverTo ?? receivers.get(entityKey(managingEntityIdentifier)) ?? settings.deliverTo
    const going = destinationOf(eventUrl, receiver)
    const destination = skipOf(webhook, event.type) ?? ('url' in going ? going.url : going)
    const deliveries: DeliveryRecord[] = []
    for (let copy = 1; copy <= copies; copy += 1) {
      deliveries.push(
        deliveryOf({
          id: deliveryIds(),
          event,
          managingEntityIdentifier,
          webhookId,
          registeredUrl: eventUrl,
          destination,
          copy,
          firstCopy: deliveries[0],
        }),
      )
    }
    return deliveries
  }

  *#hintsOf(
    { type, managingEntityIdentifier: entity }: GivenTrigger,
    webhooks: readonly Webhook[],
  ): Generator<string> {
    const hint = catalogueHint(type)
    if (hint !== undefined) yield hint
    if (webhooks.length > 0) return
    yield this.#parts.accounts.hasManagingEntity(String(entity))
      ? 'The managing entity has no webhook: create one, then trigger the event again.'
      : 'The sandbox has no such managing entity: those of its data and its tenants exist.'
  }

  /** @throws ApiError `bad-request` if the filter is invalid */
  find(filter: unknown): DeliveryRecord[] {
    return this.#store.find(requireShape(DeliveryFilter, filter, 'The filter'))
  }

  /** @throws ApiError `not-found` */
  get(id: unknown): DeliveryRecord {
    const delivery = this.#store.get(requireId(id))
    if (delivery) return delivery
    throw new ApiError('not-found', `There is no delivery ${maskedText(String(id))}, or no longer.`)
  }

  /**
   * Calls `observe` with each delivery that is added or changes from now on.
   *
   * @returns a function that stops it
   */
  observe(observe: (delivery: DeliveryRecord) => void): () => void {
    return this.#store.observe(observe)
  }

  /** Resolves with the deliveries that match, once there are enough. */
  wait(value: unknown, signal: WaitSignal | undefined): Promise<DeliveryRecord[]> {
    const what = requireShape(DeliveryWait, value, 'The wait')
    return waitForDeliveries(what, signal, this.#store, this.#parts.waits)
  }

  /**
   * Sends a delivery that has ended again.
   *
   * @throws ApiError `not-found`, or `conflict` if it cannot be sent
   */
  redeliver(id: unknown): DeliveryRecord {
    const delivery = this.get(id)
    this.#requireOpen()
    const { state, attempts, event } = delivery
    if (state === 'pending') refuseAgain('it is pending; wait until it has ended')
    if (state === 'skipped') refuseAgain('it was skipped; trigger the event again')
    if (attempts.length + 1 + event.retryDelaysMs.length > maxAttempts) {
      refuseAgain(`it has had ${attempts.length} attempts; trigger the event again`)
    }
    delivery.state = 'pending'
    delivery.cancellation = null
    this.#store.changed(delivery)
    this.#runner.start([delivery])
    return delivery
  }

  /** Forgets deliveries, and cancels those that are pending. */
  remove(filter: Filter, why: string): void {
    const deliveries = this.#store.find(filter)
    this.#store.forget(deliveries)
    this.#runner.cancel(deliveries, why)
  }

  /** Cancels what is pending; nothing is sent any more. */
  close(): void {
    this.#isClosed = true
    this.#runner.cancel(this.#store.find({}), 'The sandbox was closed.')
  }
}

function refuseAgain(why: string): never {
  throw new ApiError('conflict', `The delivery cannot be sent again: ${why}.`)
}
