import { STATUS_CODES } from 'node:http'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { bearerTokenOf } from '../../wink/auth/bearer.ts'
import type { Clock } from '../../base/clock.ts'
import { managingEntityOf } from '../../wink/managing-entity.ts'
import { isTerminal, preferredFault, specialEntityFault, type Fault } from './fault.ts'
import { endedByReset } from '../../base/problems/problems.ts'
import { scriptedAnswer, type ScriptedAnswer } from './answers.ts'
import { isImitated } from '../../base/target.ts'
import type { FaultMoment } from './schema.ts'
import type { FaultStore } from './store.ts'
import type { HeldRequests } from './held-requests.ts'
import { breakConnection, giveUp } from './connection.ts'
import type { Connections } from '../../http/connections.ts'
import type { Recorder } from '../../http/recorder.ts'

/** Options of {@link addFaultInjection}. */
export interface FaultInjectionOptions {
  readonly faults: FaultStore
  readonly clock: Clock
  readonly held: HeldRequests
  readonly recorder: Recorder
  readonly connections: Connections
}

/**
 * Scripted faults come before anything else looks at a request (CONTRACT §1 step 1), or take the answer of
 * one that was carried out.
 *
 * Precedence: armed rules in their order, then `Prefer`, then the special managing entities; those that act
 * after the commit have their turn then. After a pure delay the next fault decides the answer.
 */
export function addFaultInjection(
  app: FastifyInstance,
  { faults: store, clock, held, recorder, connections }: FaultInjectionOptions,
): void {
  const armed = (request: FastifyRequest, moment: FaultMoment): readonly Fault[] =>
    store.isEmpty
      ? []
      : store.take(
          {
            managingEntityIdentifier: managingEntityOf(request),
            method: request.method,
            operation: request.routeOptions.schema?.operationId,
            token: bearerTokenOf(request.headers.authorization),
          },
          moment,
        )

  const faultsBefore = (request: FastifyRequest): readonly Fault[] => {
    if (request.is404 && !isImitated(request.url)) return []
    const rules = armed(request, 'before')
    if (rules.some(isTerminal)) return rules
    const other =
      preferredFault(request.headers['prefer']?.toString()) ??
      specialEntityFault(managingEntityOf(request))
    return other ? [...rules, other] : rules
  }

  /** The answer of a fault; undefined if it breaks the connection instead. */
  const answerOf = (
    fault: Fault,
    reply: FastifyReply,
    truth: ScriptedAnswer | undefined,
  ): ScriptedAnswer | undefined => {
    const { status, connection } = fault.effect
    const isTruth = truth !== undefined && status === undefined
    const answer = isTruth ? truth : scriptedAnswer(fault, exchangeOf(reply.request, clock))
    if (connection === undefined) return answer
    breakConnection(reply, connection, answer, { held, recorder, connections })
    return undefined
  }

  /**
   * Lets faults act.
   *
   * @param truth - the answer of a request that was carried out
   * @returns what to answer instead; 'go on' where that is the truth, undefined where nothing is due
   */
  const act = async (
    faults: readonly Fault[],
    reply: FastifyReply,
    truth?: ScriptedAnswer,
  ): Promise<ScriptedAnswer | 'go on' | undefined> => {
    const { request } = reply
    const { context } = request
    for (const [index, fault] of faults.entries()) {
      context.faults = [...(context.faults ?? []), fault]
      const end = fault.delayMs > 0 ? await held.hold(request, fault.delayMs) : 'time'
      if (end === 'gone' || end === 'reset') {
        for (const unused of faults.slice(index + 1)) store.giveBack(unused)
        if (end === 'reset') throw endedByReset()
        giveUp(reply, 'the client gave up', recorder)
        return undefined
      }
      if (isTerminal(fault)) return answerOf(fault, reply, truth)
    }
    return 'go on'
  }

  app.addHook('onRequest', (request, reply, next) => {
    const faults = faultsBefore(request)
    if (faults.length === 0) {
      next()
      return
    }
    act(faults, reply).then((answer) => {
      if (answer === 'go on') next()
      else if (answer) void prepare(reply, answer).send(payloadOf(answer))
    }, next)
  })
  app.addHook('onSend', (request, reply, payload, next) => {
    // A request that was refused has committed nothing.
    const faults = request.context.refusal === null ? armed(request, 'after-commit') : []
    if (faults.length === 0) {
      next(null, payload)
      return
    }
    const answerInstead = async (): Promise<string | undefined> => {
      const body = await textOf(payload)
      const truth: ScriptedAnswer = {
        status: reply.statusCode,
        title: String(STATUS_CODES[reply.statusCode]),
        headers: {},
        body,
        message: '',
      }
      const answer = await act(faults, reply, truth)
      if (answer === 'go on') return body
      return answer && (prepare(reply, answer), answer.body)
    }
    answerInstead().then((body) => {
      if (body !== undefined) next(null, body)
    }, next)
  })
}

function exchangeOf({ server, routeOptions, url }: FastifyRequest, clock: Clock) {
  return {
    methods: server.allowedMethods(url),
    scope: routeOptions.config.scope ?? 'account.write',
    target: url,
    clock,
  }
}

/** The body of the answer that the operation would have sent; a large one is a stream. */
const textOf = (payload: unknown): string | Promise<string> =>
  payload instanceof Readable ? text(payload) : (payload as string)

/** Bytes: the framework would add its own media type to a text. */
const payloadOf = ({ body }: ScriptedAnswer): Buffer | undefined =>
  body === '' ? undefined : Buffer.from(body)

/** Makes a reply that of a fault, its body apart. */
function prepare(reply: FastifyReply, answer: ScriptedAnswer): FastifyReply {
  const { status, title, headers, message } = answer
  reply.request.context.refusal = { message, rule: undefined, violations: undefined }
  reply.raw.statusMessage = title
  return reply.removeHeader('content-type').code(status).headers(headers)
}

declare module '../../http/request-context.ts' {
  interface RequestContext {
    /** The faults that have acted on the request, in their order. */
    faults?: readonly Fault[]
  }
}
