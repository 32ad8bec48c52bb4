import { ApiError } from '../../base/problems/problems.ts'
import type { ConnectedSandbox } from '../../client/connect.ts'
import { streamOf, type StreamedEvent } from '../../client/stream.ts'
import type { Delivery } from '../../control/deliveries/types.ts'
import { isUnauthorized } from '../session.ts'
import { requestRow, type RequestRow } from './request-row.ts'

/** Requests and deliveries that the page keeps; the sandbox has limits of its own. */
const maxKept = 10_000
/** How long news are collected before they are shown, in ms. */
const batchMs = 100
/** How long the page waits before it connects again, in ms. */
const reconnectMs = 1_000

/** Operations that change webhooks. */
const changing: readonly string[] = ['create-webhook', 'update-webhook', 'delete-webhook']

/** Follows a sandbox by its stream of events, and tells its listeners about the news in batches. */
export class Live {
  /** Newest first. */
  requests: readonly RequestRow[] = []
  /** Newest first. */
  deliveries: readonly Delivery[] = []
  isConnected = false
  /** Why the sandbox does not let the page follow it, such as a journal that is off. */
  refusal: Error | undefined
  /** Changes when webhooks may have changed. */
  webhooksRevision = 0
  /** Changes when counters of faults may have changed. */
  faultsRevision = 0
  readonly #api: ConnectedSandbox
  readonly #token: string | undefined
  readonly #onRefused: () => void
  readonly #listeners = new Set<() => void>()
  readonly #end = new AbortController()
  #newRequests: RequestRow[] = []
  #newDeliveries: Delivery[] = []
  #isStale = false
  #timer: ReturnType<typeof setTimeout> | undefined

  /**
   * @param token - the admin token; undefined if there is none
   * @param onRefused - called when the sandbox refuses the token
   */
  constructor(api: ConnectedSandbox, token: string | undefined, onRefused: () => void) {
    this.#api = api
    this.#token = token
    this.#onRefused = onRefused
    void this.#follow()
  }

  /** Calls a function after each batch; gives a function that ends this. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  close(): void {
    this.#end.abort()
    clearTimeout(this.#timer)
  }

  /** Connects again whenever the stream ends. */
  async #follow(): Promise<void> {
    const { signal } = this.#end
    while (!signal.aborted) {
      await this.#read().catch((error: unknown) => {
        if (isUnauthorized(error)) this.#onRefused()
        else if (error instanceof ApiError) this.refusal = error
      })
      this.isConnected = false
      this.#plan()
      await new Promise((resolve) => setTimeout(resolve, reconnectMs))
    }
  }

  async #read(): Promise<void> {
    const { signal } = this.#end
    const onBegin = async (): Promise<void> => {
      await this.#load()
      this.refusal = undefined
      this.isConnected = true
      this.#plan()
    }
    const adminToken = this.#token
    for await (const event of streamOf(this.#api.url, { adminToken, onBegin, signal })) {
      this.#take(event)
    }
  }

  /** Takes over all that the sandbox has now. */
  async #load(): Promise<void> {
    this.#isStale = false
    this.#newRequests = []
    this.#newDeliveries = []
    const [requests, deliveries] = await Promise.all([
      this.#api.requests.find({ order: 'desc', limit: maxKept }),
      this.#api.deliveries.list(),
    ])
    this.requests = requests.map(requestRow)
    this.deliveries = deliveries.slice(-maxKept).reverse()
    this.webhooksRevision += 1
    this.faultsRevision += 1
  }

  #take({ event, data }: StreamedEvent): void {
    if (event === 'request') this.#newRequests.push(requestRow(data))
    else if (event === 'delivery') this.#newDeliveries.push(data)
    else if (event === 'gap') this.#isStale = true
    else if (data.part === 'faults') this.faultsRevision += 1
    else if (data.part !== 'clock') this.#isStale = true
    this.#plan()
  }

  #plan(): void {
    this.#timer ??= setTimeout(() => {
      void this.#show().then(() => {
        this.#timer = undefined
        const isBehind = this.#isStale || this.#newRequests.length + this.#newDeliveries.length > 0
        if (isBehind) this.#plan()
      })
    }, batchMs)
  }

  async #show(): Promise<void> {
    if (this.#isStale) await this.#load().catch(() => undefined)
    if (this.#newRequests.length > 0) {
      const known = new Set(this.requests.map(({ id }) => id))
      const news = this.#newRequests.filter(({ id }) => !known.has(id)).reverse()
      this.requests = [...news, ...this.requests].slice(0, maxKept)
      this.#newRequests = []
      this.faultsRevision += 1
      if (news.some(({ operation }) => changing.includes(operation))) this.webhooksRevision += 1
    }
    if (this.#newDeliveries.length > 0) {
      const news = new Map(this.#newDeliveries.map((delivery) => [delivery.id, delivery]))
      const known = this.deliveries.map((delivery) => news.get(delivery.id) ?? delivery)
      for (const { id } of known) news.delete(id)
      this.deliveries = [...[...news.values()].reverse(), ...known].slice(0, maxKept)
      this.#newDeliveries = []
    }
    for (const listener of this.#listeners) listener()
  }
}
