import type { FastifyPluginCallback, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Clock } from '../../base/clock.ts'
import { hasBody } from '../../http/body-framing.ts'
import { managingEntityOf } from '../../wink/webhooks/entity.ts'
import type { RequestFacts } from './exchange.ts'
import { collectBody } from '../../http/incoming-request.ts'
import type { ApiError, Refusal } from '../../base/problems/problems.ts'
import { maxKeptBodyBytes, type RequestBody } from '../../http/request-body.ts'
import { isImitated, missesImitated, pathOf } from '../../base/target.ts'
import type { Fault } from '../faults/fault.ts'
import type { IdSource } from '../../base/ids.ts'
import type { Journal } from './store.ts'

/** What the journal plugin works on. */
export interface JournalOptions {
  readonly journal: Journal
  readonly clock: Clock
  readonly ids: IdSource
}

const idHeader = 'x-wink-mock-request-id'

/** Keeps exchanges in the journal, and names each in its answer: `X-Wink-Mock-Request-Id`. */
const journalPlugin: FastifyPluginCallback<JournalOptions> = (
  app,
  { journal, clock, ids },
  done,
) => {
  const record = (
    facts: RequestFacts,
    status: number | null,
    durationMs: number,
    refusal: Refusal | null,
    createdWebhookId: string | null = null,
  ): string => {
    const id = ids()
    const outcome = {
      id,
      timeMs: clock(),
      status,
      durationMs,
      refusal: refusal && plain(refusal),
      createdWebhookId,
    }
    journal.record(facts, outcome)
    return id
  }
  app.decorate('recordExchange', (reply, status) => {
    const { request } = reply
    const { context } = request
    const { isRecorded, refusal, createdWebhookId = null } = context
    context.isRecorded = true
    if (!journal.isOn || isRecorded) return
    const { elapsedMs } = context
    reply.header(idHeader, record(factsOf(request), status, elapsedMs, refusal, createdWebhookId))
  })
  app.decorate('recordBrokenRequest', (refusal, request, durationMs = 0) => {
    if (!journal.isOn || (request && !isJournaled(request))) return {}
    if (request) {
      request.context.isRecorded = true
    }
    const facts = request ? factsOf(request) : nothing
    return { [idHeader]: record(facts, refusal.status, durationMs, refusal) }
  })
  done()
}

/** Whether a request is one of Wink's API, or is meant to be; the routes that an application adds are not. */
const isJournaled = ({ url, is404, context }: FastifyRequest): boolean =>
  isImitated(url) || (is404 && missesImitated(url) && context.refusal?.rule !== 'method')

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

/** What is known of a request that the parser did not understand. */
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

/** A copy of a text. A part of a text holds on to all of that text, such as a query of 15 KiB. */
const detached = (text: string): string => Buffer.from(text).toString()

/** Every exchange of a scope goes into the journal, if it is of Wink's API. */
const journaledPlugin: FastifyPluginCallback = (app, _options, done) => {
  app.addHook('onSend', (request, reply, payload, next) => {
    // A client that is gone gets no answer.
    const status = request.raw.socket.destroyed ? null : reply.statusCode
    if (isJournaled(request)) app.recordExchange(reply, status)
    next(null, payload)
  })
  done()
}

export const journal = fp(journalPlugin, {
  name: 'journal',
  dependencies: ['connections'],
})

export const journaled = fp(journaledPlugin, {
  name: 'journaled',
  dependencies: ['journal'],
})

declare module '../../http/request-context.ts' {
  interface RequestContext {
    /**
     * Whether the request is in the journal: one that fails twice, in the parser and in its handler, is there once.
     */
    isRecorded?: boolean
  }
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Puts an exchange into the journal, before it is answered; null where it is not. */
    recordExchange(reply: FastifyReply, status: number | null): void
    /**
     * Puts a request that the HTTP parser refused into the journal.
     *
     * @returns header fields of the answer
     */
    recordBrokenRequest(
      refusal: ApiError,
      request?: FastifyRequest,
      durationMs?: number,
    ): Record<string, string>
  }
  interface FastifySchema {
    operationId?: string
  }
}
