import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '../../base/clock.ts'
import { answerBodyOf, collected, type Answer, type AnswerBody } from '../../http/answer.ts'
import { hasBody } from '../../http/body-framing.ts'
import { managingEntityOf } from '../../wink/managing-entity.ts'
import { requestIdHeader, type Recorder } from '../../http/recorder.ts'
import type { Outcome, RequestFacts } from './entry.ts'
import { collectBody } from '../../http/incoming-request.ts'
import type { ApiError, Refusal } from '../../base/problems/problems.ts'
import { maxKeptBodyBytes, RequestBody } from '../../http/request-body.ts'
import { detached, isImitated, pathOf, resemblesImitated } from '../../base/target.ts'
import type { Fault } from '../faults/fault.ts'
import type { IdSource } from '../../base/ids.ts'
import type { Journal } from './store.ts'

/** Options of {@link JournalRecorder}. */
export interface JournalOptions {
  readonly journal: Journal
  readonly clock: Clock
  readonly ids: IdSource
}

/** Keeps exchanges in the journal, and names each in its answer: `X-Wink-Mock-Request-Id`. */
export class JournalRecorder implements Recorder {
  readonly #options: JournalOptions

  constructor(options: JournalOptions) {
    this.#options = options
  }

  recordExchange(reply: FastifyReply, answer: Answer | null): void {
    const { request } = reply
    const { context } = request
    const { isSettled, refusal, elapsedMs, createdWebhookId = null } = context
    context.isSettled = true
    if (!this.#options.journal.isOn || isSettled) return
    const outcome = { answer, durationMs: elapsedMs, refusal, createdWebhookId }
    reply.header(requestIdHeader, this.#record(factsOf(request), outcome))
  }

  /**
   * Notes an exchange whose answer is about to be sent.
   *
   * @returns what to send as its content
   */
  recordSending(reply: FastifyReply, payload: Payload): Payload {
    const { request } = reply
    if (!this.#options.journal.isOn || request.context.isSettled) return payload
    // A client that is gone gets no answer.
    if (request.raw.socket.destroyed) {
      this.recordExchange(reply, null)
      return payload
    }
    const answer = answerOf(reply, payload)
    this.recordExchange(reply, answer)
    const { body } = answer
    const isInPieces = payload instanceof Readable && body instanceof RequestBody
    return isInPieces ? collected(payload, body) : payload
  }

  recordUnrouted(reply: FastifyReply, answer: Answer): void {
    const { url } = reply.request
    if (resemblesImitated(url)) this.recordExchange(reply, answer)
  }

  recordBroken(
    refusal: ApiError,
    answer: Answer,
    request?: FastifyRequest,
    durationMs = 0,
  ): Record<string, string> {
    if (!this.#options.journal.isOn || (request && !isJournaled(request))) return {}
    if (request) request.context.isSettled = true
    const facts = request ? factsOf(request) : nothing
    const outcome = { answer, durationMs, refusal, createdWebhookId: null }
    return { [requestIdHeader]: this.#record(facts, outcome) }
  }

  #record(facts: RequestFacts, outcome: Omit<Outcome, 'id' | 'timeMs'>): string {
    const { journal, clock, ids } = this.#options
    const id = ids()
    const { answer, durationMs, refusal, createdWebhookId } = outcome
    // Written out because spreading objects is slow.
    journal.record(facts, {
      id,
      timeMs: clock(),
      answer,
      durationMs,
      refusal: refusal && plain(refusal),
      createdWebhookId,
    })
    return id
  }
}

type Payload = string | Buffer | Readable | null | undefined

/** The answer that a reply is about to be. */
function answerOf(reply: FastifyReply, payload: Payload): Answer {
  const isHead = reply.request.method === 'HEAD'
  const body = isHead ? null : contentOf(payload)
  const headers = reply.getHeaders()
  // Equal header fields are kept once; the length of a text differs, and can be told later.
  if (typeof body !== 'string') addLength(headers, reply, payload)
  return { status: reply.statusCode, headers, body }
}

const contentOf = (payload: Payload): AnswerBody =>
  payload instanceof Readable ? new RequestBody(maxKeptBodyBytes) : answerBodyOf(payload ?? null)

/** Adds the length that the framework will add. */
function addLength(
  headers: ReturnType<FastifyReply['getHeaders']>,
  reply: FastifyReply,
  payload: Payload,
): void {
  if (payload instanceof Readable) return
  const length = Buffer.byteLength(payload ?? '')
  if (length > 0 || reply.request.method !== 'HEAD') headers['content-length'] = length
}

/** Whether a request is one of Wink's API, or is meant to be; the routes that an application adds are not. */
const isJournaled = ({ url, is404, context }: FastifyRequest): boolean =>
  isImitated(url) || (is404 && resemblesImitated(url) && context.refusal?.rule !== 'method')

const noFaults: readonly Fault[] = []

function factsOf(request: FastifyRequest): RequestFacts {
  const path = pathOf(request.url)
  const entity = managingEntityOf(request)
  const isPart = path.length < request.originalUrl.length
  return {
    method: request.method,
    path: isPart ? detached(path) : path,
    operation: request.routeOptions.schema?.operationId ?? null,
    managingEntityIdentifier: isPart && entity !== undefined ? detached(entity) : (entity ?? null),
    rawHeaders: request.raw.rawHeaders,
    body: keptBodyOf(request),
    faults: request.context.faults ?? noFaults,
  }
}

/** The first bytes of a body, those that are still to come too. */
function keptBodyOf(request: FastifyRequest): RequestBody | null {
  if (!hasBody(request.headers)) return null
  const body = collectBody(request, maxKeptBodyBytes)
  body.trim()
  return body
}

/** The facts of a request that the parser did not understand. */
const nothing: RequestFacts = {
  method: null,
  path: null,
  operation: null,
  managingEntityIdentifier: null,
  rawHeaders: [],
  body: null,
  faults: [],
}

/** Without the stack of an error, which holds on to all that was on it: requests, replies, sockets. */
const plain = ({ message, rule, violations }: Refusal): Refusal => ({
  message: detached(message),
  rule,
  violations,
})

/** Every exchange of a scope goes into the journal, if it is of Wink's API. */
export function addJournal(
  app: FastifyInstance,
  { recorder }: { readonly recorder: JournalRecorder },
): void {
  app.addHook('onSend', (request, reply, payload, next) => {
    // The routes of the scope are Wink's; only of unknown paths is it seen by the target.
    const isNoted = !request.is404 || isJournaled(request)
    next(null, isNoted ? recorder.recordSending(reply, payload as Payload) : payload)
  })
}

declare module 'fastify' {
  interface FastifySchema {
    operationId?: string
  }
}
