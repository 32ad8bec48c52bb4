import type { ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { FastifyReply } from 'fastify'
import { answerBodyOf, type Answer } from '../../http/answer.ts'
import { endedByReset } from '../../base/problems/problems.ts'
import { endConnection, type Connections } from '../../http/connections.ts'
import { endWithProblem, problemAnswer } from '../../http/problem-details.ts'
import type { Recorder } from '../../http/recorder.ts'
import { logUnanswered } from '../../http/request-log.ts'
import type { ScriptedAnswer } from './answers.ts'
import type { HeldRequests, HoldEnd } from './held-requests.ts'
import type { ConnectionFault } from './schema.ts'

interface BrokenExchange {
  readonly reply: FastifyReply
  readonly socket: Socket
  readonly answer: ScriptedAnswer
  readonly held: HeldRequests
  readonly connections: Connections
}

/** The effect of each fault on the connection. */
const effects: Record<ConnectionFault, (exchange: BrokenExchange) => void> = {
  'connection-reset': ({ socket, connections }) => {
    connections.reset(socket)
  },
  'empty-response': ({ socket }) => {
    endConnection(socket)
  },
  'truncated-body': ({ reply, socket, answer }) => {
    sendHalf(reply, answer, () => {
      endConnection(socket)
    })
  },
  'no-response': ({ reply: { request }, socket, held }) => {
    const end = (why: unknown): void => {
      if (why === ('reset' satisfies HoldEnd)) {
        endWithProblem(socket, problemAnswer(endedByReset(), request.url))
      } else socket.destroy()
    }
    held.hold(request).then(end, end)
  },
}

/** Announces the length of a whole answer, and sends half of its body. */
function sendHalf(reply: FastifyReply, answer: ScriptedAnswer, sent: () => void): void {
  const raw: ServerResponse = reply.raw
  for (const [name, value] of Object.entries(headersOf(reply, answer))) {
    if (value !== undefined) raw.setHeader(name, value)
  }
  raw.writeHead(answer.status, answer.title)
  raw.flushHeaders() // An answer to HEAD has nothing else to send.
  raw.write(halfOf(answer), sent)
}

const headersOf = (reply: FastifyReply, { headers, body }: ScriptedAnswer): Answer['headers'] => ({
  ...reply.getHeaders(),
  ...headers,
  'content-length': Buffer.byteLength(body),
})

function halfOf({ body }: ScriptedAnswer): Buffer {
  const bytes = Buffer.from(body)
  return bytes.subarray(0, Math.floor(bytes.length / 2))
}

/** An answer of which half is sent, as the client gets it. */
const halfAnswer = (reply: FastifyReply, answer: ScriptedAnswer): Answer => ({
  status: answer.status,
  headers: headersOf(reply, answer),
  body: reply.request.method === 'HEAD' ? null : answerBodyOf(halfOf(answer)),
})

/** Breaks the connection in place of an answer, or amid one. */
export function breakConnection(
  reply: FastifyReply,
  kind: ConnectionFault,
  answer: ScriptedAnswer,
  {
    held,
    recorder,
    connections,
  }: Pick<BrokenExchange, 'held' | 'connections'> & { readonly recorder: Recorder },
): void {
  const { raw, request } = reply
  giveUp(reply, kind, recorder, kind === 'truncated-body' ? halfAnswer(reply, answer) : null)
  // Behind a body that nobody reads a client is not seen to give up, and a close becomes a reset.
  request.raw.resume()
  const act = (): void => {
    // An injected request has no connection: it is rejected, whatever the kind.
    const { socket } = raw
    if (socket instanceof Socket) effects[kind]({ reply, socket, answer, held, connections })
    else raw.destroy()
  }
  // The request is in the journal now, so a reset must find it among the held ones.
  if (kind === 'no-response') act()
  // Amid the end of the response before it a reset would become a mere close.
  else setImmediate(act)
}

/**
 * Gives up answering: from here on nothing does.
 *
 * @param answer - half an answer; null if nothing is sent
 */
export function giveUp(
  reply: FastifyReply,
  detail: string,
  recorder: Recorder,
  answer: Answer | null = null,
): void {
  reply.hijack()
  recorder.recordExchange(reply, answer)
  logUnanswered(reply, detail)
}
