import type { Webhook } from '../schemas/webhook.ts'

/** How many texts are remembered at a time. */
const maxTexts = 1_000

/**
 * Keeps equal texts once: of many webhooks of one managing entity little more than the names differ, and
 * each request brings the others anew.
 */
export class SharedTexts {
  readonly #texts = new Map<string, string>()
  #eventList: readonly string[] = []

  /** A text that is equal to `text`. */
  share(text: string): string {
    const shared = this.#texts.get(text)
    if (shared !== undefined) return shared
    if (this.#texts.size >= maxTexts) this.#texts.clear()
    this.#texts.set(text, text)
    return text
  }

  /** A webhook that is equal to `webhook`. */
  shareThoseOf(webhook: Webhook): Webhook {
    const createdDate = this.share(webhook.createdDate)
    const isNew = webhook.lastUpdate === createdDate
    return {
      id: webhook.id,
      createdDate,
      lastUpdate: isNew ? createdDate : this.share(webhook.lastUpdate),
      version: webhook.version,
      userIdentifier: this.share(webhook.userIdentifier),
      ownerIdentifier: this.share(webhook.ownerIdentifier),
      ownerName: this.share(webhook.ownerName),
      name: this.share(webhook.name),
      enabled: webhook.enabled,
      eventUrl: this.share(webhook.eventUrl),
      eventList: this.#shareList(webhook.eventList),
    }
  }

  #shareList(list: readonly string[]): string[] {
    const last = this.#eventList
    const isLast = list.length === last.length && list.every((name, index) => name === last[index])
    if (!isLast) this.#eventList = list.map((name) => this.share(name))
    return this.#eventList as string[]
  }
}
