import type { DeliveryRecord } from '../deliveries/delivery.ts'
import { deliveryView } from '../deliveries/view.ts'
import type { ChangedPart } from '../types.ts'
import { eventText } from './event-text.ts'

/** Deliveries and changes that a stream has yet to send. Each is sent once, as it is then, however often it has changed. */
export class Notices {
  readonly #deliveries = new Set<DeliveryRecord>()
  readonly #parts = new Set<ChangedPart>()

  addDelivery(delivery: DeliveryRecord): void {
    this.#deliveries.add(delivery)
  }

  addChange(part: ChangedPart): void {
    this.#parts.add(part)
  }

  /** Takes out the first notices, as text of about `length` characters. */
  take(length: number): string {
    let text = ''
    for (const delivery of this.#deliveries) {
      if (text.length > length) return text
      text += eventText({ event: 'delivery', data: deliveryView(delivery) })
      this.#deliveries.delete(delivery)
    }
    for (const part of this.#parts) text += eventText({ event: 'change', data: { part } })
    this.#parts.clear()
    return text
  }
}
