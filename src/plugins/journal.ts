import type { FastifyPluginCallback, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Clock } from '../domain/clock.ts'
import { hasBody } from '../domain/body-framing.ts'
import { managingEntityOf } from '../domain/entity.ts'
import type { RequestFacts } from '../domain/exchange.ts'
import type { ApiError, Refusal } from '../domain/problems.ts'
import { RequestBody } from '../domain/request-body.ts'
import { isImitated, pathOf } from '../domain/request-target.ts'
import type { IdSource } from '../domain/uuid.ts'
import type { Journal } from '../stores/journal.ts'

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
  app.decorate('beginCapture', ({ progress, headers }) => {
    if (!journal.isOn || progress.capturedBody || !hasBody(headers)) return undefined
    progress.capturedBody = new RequestBody()
    return progress.capturedBody
  })
  app.decorate('captureBody', (request) => {
    const body = app.beginCapture(request)
    if (!body) return
    request.raw
      .on('data', (chunk: Buffer) => {
        body.skim(chunk)
      })
      .on('end', () => {
        body.trim()
      })
  })
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
    const { progress } = request
    const { isRecorded, refusal, createdWebhookId } = progress
    progress.isRecorded = true
    if (!journal.isOn || isRecorded) return
    app.captureBody(request)
    const { elapsedMs } = progress
    reply.header(idHeader, record(factsOf(request), status, elapsedMs, refusal, createdWebhookId))
  })
  app.decorate('recordBrokenRequest', (refusal, request, durationMs = 0) => {
    if (!journal.isOn || (request && !isImitated(request.url))) return {}
    if (request) {
      request.progress.isRecorded = true
      app.captureBody(request)
    }
    const facts = request ? factsOf(request) : nothing
    return { [idHeader]: record(facts, refusal.status, durationMs, refusal) }
  })
  done()
}

function factsOf(request: FastifyRequest): RequestFacts {
  const { capturedBody, faults } = request.progress
  return {
    method: request.method,
    path: pathOf(request.url),
    operation: request.routeOptions.schema?.operationId ?? null,
    managingEntityIdentifier: managingEntityOf(request) ?? null,
    rawHeaders: request.raw.rawHeaders,
    body: capturedBody,
    faults,
  }
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
const plain = ({ message, rule, violations }: Refusal): Refusal => ({ message, rule, violations })

/** Every exchange of a scope goes into the journal. */
const journaledPlugin: FastifyPluginCallback = (app, _options, done) => {
  app.addHook('onSend', ({ raw }, reply, payload, next) => {
    // A client that is gone gets no answer.
    app.recordExchange(reply, raw.socket.destroyed ? null : reply.statusCode)
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

declare module 'fastify' {
  interface FastifyInstance {
    /** What the journal is to know of a body, for who reads it; undefined where it needs, or knows, nothing. */
    beginCapture(request: FastifyRequest): RequestBody | undefined
    /** Keeps the head of a body that nothing has read yet as it arrives. */
    captureBody(request: FastifyRequest): void
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
