import { STATUS_CODES } from 'node:http'
import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { bearerTokenOf } from '../domain/bearer.ts'
import type { Clock } from '../domain/clock.ts'
import { managingEntityOf } from '../domain/entity.ts'
import { answers, preferredFault, specialEntityFault, type Fault } from '../domain/faults.ts'
import { scriptedAnswer, type ScriptedAnswer } from '../domain/scripted-answer.ts'
import type { FaultMoment } from '../schemas/fault.ts'
import type { FaultStore } from '../stores/faults.ts'

/** What the fault injection works on. */
export interface FaultInjectionOptions {
  readonly faults: FaultStore
  readonly clock: Clock
}

/**
 * Scripted faults come before anything else looks at a request (CONTRACT §1 step 1), or take the answer of
 * one that was carried out.
 *
 * Precedence: armed rules in their order, then `Prefer`, then the special managing entities. A mere delay
 * leaves the answer to those behind it.
 */
const faultInjectionPlugin: FastifyPluginCallback<FaultInjectionOptions> = (
  app,
  { faults: store, clock },
  done,
) => {
  app.decorateRequest('chosenFaults', null)

  const choose = (request: FastifyRequest): readonly Fault[] => {
    const { headers, method, routeOptions } = request
    const managingEntityIdentifier = managingEntityOf(request)
    const armed = store.take({
      managingEntityIdentifier,
      method,
      operation: routeOptions.schema?.operationId,
      token: bearerTokenOf(headers.authorization),
    })
    if (armed.some(answers)) return armed
    const other =
      preferredFault(headers['prefer']?.toString()) ?? specialEntityFault(managingEntityIdentifier)
    return other ? [...armed, other] : armed
  }

  /** Such as an answer that was to be lost after the commit, where there was no commit. */
  const giveBackUnused = ({ chosenFaults, faults }: FastifyRequest): void => {
    for (const fault of chosenFaults ?? []) if (!faults?.includes(fault)) store.giveBack(fault)
  }

  /** What a fault answers; undefined where it breaks the connection instead. */
  const answerOf = (
    fault: Fault,
    reply: FastifyReply,
    truth: ScriptedAnswer | undefined,
  ): ScriptedAnswer | undefined => {
    const { status, connection } = fault.effect
    const isTruth = truth !== undefined && status === undefined
    const answer = isTruth ? truth : scriptedAnswer(fault, exchangeOf(reply.request, clock()))
    if (connection === undefined) return answer
    giveBackUnused(reply.request)
    app.breakConnection(reply, connection, answer)
    return undefined
  }

  /**
   * Lets the faults of a moment act.
   *
   * @param truth - the answer of a request that was carried out
   * @returns what to answer instead; 'go on' where that is the truth, undefined where nothing is due
   */
  const act = async (
    faults: readonly Fault[],
    reply: FastifyReply,
    moment: FaultMoment,
    truth?: ScriptedAnswer,
  ): Promise<ScriptedAnswer | 'go on' | undefined> => {
    const { request } = reply
    for (const fault of faults) {
      if (fault.when !== moment) continue
      request.faults = [...(request.faults ?? []), fault]
      if (fault.delayMs > 0 && (await app.hold(request, fault.delayMs)) === 'gone') {
        giveBackUnused(request)
        app.giveUp(reply, 'the client gave up')
        return undefined
      }
      if (answers(fault)) return answerOf(fault, reply, truth)
    }
    return 'go on'
  }

  app.addHook('onRequest', (request, reply, next) => {
    const faults = choose(request)
    if (faults.length === 0) {
      next()
      return
    }
    request.chosenFaults = faults
    act(faults, reply, 'before').then((answer) => {
      if (answer === 'go on') next()
      else if (answer) void prepare(reply, answer).send(payloadOf(answer))
    }, next)
  })
  app.addHook('preSerialization', (request, reply, payload, next) => {
    if (request.chosenFaults === null || reply.statusCode >= 400) {
      next(null, payload)
      return
    }
    const truth: ScriptedAnswer = {
      status: reply.statusCode,
      title: String(STATUS_CODES[reply.statusCode]),
      headers: {},
      body: JSON.stringify(payload),
      message: '',
    }
    act(request.chosenFaults, reply, 'after-commit', truth).then((answer) => {
      if (answer === 'go on') next(null, payload)
      else if (answer) {
        prepare(reply, answer).serializer(() => answer.body)
        next(null, answer)
      }
    }, next)
  })
  app.addHook('onSend', (request, _reply, payload, next) => {
    giveBackUnused(request)
    next(null, payload)
  })
  done()
}

function exchangeOf({ server, routeOptions, url }: FastifyRequest, nowMs: number) {
  return {
    methods: server.allowedMethods(url),
    scope: routeOptions.config.scope ?? 'account.write',
    target: url,
    nowMs,
  }
}

/** Bytes, as the framework would write its own media type on a text. */
const payloadOf = ({ body }: ScriptedAnswer): Buffer | undefined =>
  body === '' ? undefined : Buffer.from(body)

/** Makes a reply that of a fault, its body apart. */
function prepare(reply: FastifyReply, answer: ScriptedAnswer): FastifyReply {
  const { status, title, headers, message } = answer
  reply.refusal = { message, rule: undefined, violations: undefined }
  reply.raw.statusMessage = title
  return reply.removeHeader('content-type').code(status).headers(headers)
}

export const faultInjection = fp(faultInjectionPlugin, {
  name: 'fault-injection',
  fastify: '5.x',
  dependencies: ['connection-faults', 'journal', 'method-not-allowed'],
})

declare module 'fastify' {
  interface FastifyRequest {
    /** The faults that are to act on it; each is given back unless it does. */
    chosenFaults: readonly Fault[] | null
  }
}
