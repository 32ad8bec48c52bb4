import type { Clock } from '../../base/clock.ts'
import type { IdSource } from '../../base/ids.ts'
import type { LogMethod } from '../../base/logger.ts'
import { maskedText } from '../../base/masking/text.ts'
import { ApiError, shuttingDown } from '../../base/problems/problems.ts'
import { requireId, requireShape } from '../../base/problems/validate.ts'
import { requireSignal, type WaitSignal } from '../../base/signal.ts'
import type { AccountStore } from '../../wink/auth/accounts.ts'
import type { Switches } from '../../wink/switches/types.ts'
import type { Webhook } from '../../wink/webhooks/schema.ts'
import type { WebhookStore } from '../../wink/webhooks/store.ts'
import type { Waits } from '../waits.ts'
import { isPending, type DeliveryRecord, type EventFacts } from './delivery.ts'
import { eventOf } from './event.ts'
import { hintsOf, maxShown } from './hints.ts'
import { requireRepeatable } from './redelivery.ts'
import { DeliveryRunner } from './runner.ts'
import { DeliveryFilter, DeliveryWait, Redelivery } from './schema.ts'
import { eventTrigger } from './trigger-schema.ts'
import type { DeliverySettings } from './settings.ts'
import { leastSizeOf, sizeOfContent } from './size.ts'
import { DeliveryStore, usualLimits } from './store.ts'
import { amountOf, copiesFor, isSent, targetOf } from './targets.ts'
import { requireTrigger, type GivenTrigger } from './trigger.ts'
import type { DeliveryFilter as Filter, FurtherDelivery } from './types.ts'
import { waitForDeliveries, waitForEnd } from './waits.ts'

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
  readonly event: EventFacts
  /** Whether a wait was asked for, and all deliveries have ended. */
  readonly hasEnded: boolean
  /** The first deliveries. */
  readonly deliveries: readonly DeliveryRecord[]
  /** The others that are kept. */
  readonly others: readonly FurtherDelivery[]
  readonly hints: readonly string[]
}

/** A delivery that was sent again. */
export interface Redelivered {
  readonly delivery: DeliveryRecord
  /** Whether a wait was asked for, and it has ended. */
  readonly hasEnded: boolean
}

/** An event that is on its way. */
interface Sent extends Pick<Triggered, 'event' | 'deliveries' | 'hints'> {
  /** Number of all its deliveries. */
  readonly count: number
  /** Those that are pending. */
  readonly pending: readonly DeliveryRecord[]
}

/** Triggers events, and keeps their deliveries. */
export class Deliveries {
  readonly #parts: DeliveryParts
  readonly #store = new DeliveryStore(usualLimits)
  readonly #runner: DeliveryRunner
  readonly #schema: ReturnType<typeof eventTrigger>
  #isClosed = false

  constructor(parts: DeliveryParts) {
    this.#parts = parts
    this.#runner = new DeliveryRunner({ ...parts, store: this.#store })
    this.#schema = eventTrigger(parts.switches.unknownEventNames)
  }

  /**
   * Sends an event. If it throws, nothing is sent and nothing is kept.
   *
   * @throws ApiError `bad-request` if the trigger is invalid, `not-found` if there is no such webhook, `conflict` if there
   *   is no room for the deliveries or for the wait, `service-unavailable` if the sandbox closes; the reason of a signal
   */
  async trigger(value: unknown, signal: WaitSignal | undefined): Promise<Triggered> {
    const trigger = requireTrigger(this.#schema, value)
    this.#requireOpen()
    this.#requireWait(trigger.waitMs, signal)
    // Nothing else is held during the wait: deliveries that have ended may have to make room.
    const { event, deliveries, count, pending, hints } = this.#send(trigger)
    const hasEnded = await this.#ended(pending, trigger.waitMs, signal)
    return { event, hasEnded, deliveries, others: this.#othersOf(event, deliveries, count), hints }
  }

  #send(trigger: GivenTrigger): Sent {
    const { accounts, switches, settings, receivers, instants, eventIds, deliveryIds } = this.#parts
    const { deliverTo, copies = 1 } = trigger
    const webhooks = this.#webhooksOf(trigger)
    const sources = { instants, ids: eventIds }
    const outgoing = eventOf(trigger, sources, switches.timestamps, settings)
    const { event, content } = outgoing
    const known = { deliverTo, ofTenants: receivers, ofSandbox: settings.deliverTo }
    const targets = webhooks.map((webhook) => targetOf(webhook, event.type, known))
    const amount = amountOf(targets, copies, outgoing)
    const [owner] = webhooks
    if (owner) this.#store.requireRoom(owner.ownerIdentifier, amount)
    let room = this.#store.maxCount - amount.count
    const chains: DeliveryRecord[][] = []
    for (const target of targets) {
      if (!isSent(target)) room -= copies
      if (isSent(target) || room >= 0) chains.push(copiesFor(target, outgoing, copies, deliveryIds))
    }
    const deliveries = chains.flat()
    this.#store.add(deliveries, content)
    for (const chain of chains) this.#runner.start(chain, content)
    return {
      event,
      deliveries: deliveries.slice(0, maxShown),
      count: targets.length * copies,
      pending: deliveries.filter(isPending),
      hints: [...hintsOf(trigger, event, targets.length * copies, accounts)],
    }
  }

  /** @throws ApiError `conflict` if there is no room for a wait; the reason of the signal if it is aborted */
  #requireWait(waitMs: number | undefined, signal: WaitSignal | undefined): void {
    if (waitMs === undefined) requireSignal(signal)
    else this.#parts.waits.requireRoom(signal)
  }

  /** Waits for deliveries if a time is given; gives whether they have ended. */
  async #ended(
    pending: readonly DeliveryRecord[],
    timeoutMs: number | undefined,
    signal: WaitSignal | undefined,
  ): Promise<boolean> {
    if (timeoutMs === undefined) return false
    const { waits } = this.#parts
    return waitForEnd(pending, { timeoutMs, signal }, this.#store, waits)
  }

  #othersOf(event: EventFacts, shown: readonly DeliveryRecord[], count: number): FurtherDelivery[] {
    if (count <= shown.length) return []
    const isShown = new Set(shown)
    return this.#store
      .find({})
      .filter((delivery) => delivery.event === event && !isShown.has(delivery))
      .map(({ id, state }) => ({ id, state }))
  }

  #requireOpen(): void {
    if (this.#isClosed) throw shuttingDown()
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
   * Sends a delivery that has ended again, and waits for its end if a time is given.
   *
   * @throws ApiError `not-found`, or `conflict` if it cannot be sent or there is no room for the wait
   */
  async redeliver(
    id: unknown,
    value: unknown,
    signal: WaitSignal | undefined,
  ): Promise<Redelivered> {
    const { waitMs } = requireShape(Redelivery, value, 'The redelivery')
    const delivery = this.get(id)
    this.#requireOpen()
    this.#requireWait(waitMs, signal)
    this.#sendAgain(delivery)
    return { delivery, hasEnded: await this.#ended([delivery], waitMs, signal) }
  }

  #sendAgain(delivery: DeliveryRecord): void {
    requireRepeatable(delivery)
    const { content, managingEntityIdentifier } = delivery
    const bytes = leastSizeOf(delivery, content, true) + sizeOfContent(content)
    this.#store.requireRoom(managingEntityIdentifier, { count: 1, bytes })
    delivery.state = 'pending'
    delivery.cancellation = null
    this.#store.changed(delivery)
    this.#runner.start([delivery], content)
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
