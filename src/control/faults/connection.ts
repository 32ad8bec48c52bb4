import type { ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { FastifyPluginCallback, FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import { endedByReset } from '../../base/problems/problems.ts'
import type { ScriptedAnswer } from './answers.ts'
import type { ConnectionFault } from './schema.ts'
import type { HoldEnd } from './held-requests.ts'

/** Breaks connections where an answer was due. */
const connectionFaultsPlugin: FastifyPluginCallback = (app, _options, done) => {
  const breaks: Record<
    ConnectionFault,
    (raw: ServerResponse, socket: Socket, reply: FastifyReply, answer: ScriptedAnswer) => void
  > = {
    'connection-reset': (_raw, socket) => {
      socket.resetAndDestroy()
    },
    'empty-response': (_raw, socket) => {
      app.endConnection(socket)
    },
    'truncated-body': (raw, socket, reply, { status, title, headers, body }) => {
      const bytes = Buffer.from(body)
      for (const [name, value] of Object.entries({ ...reply.getHeaders(), ...headers })) {
        if (value !== undefined) raw.setHeader(name, value)
      }
      raw.setHeader('content-length', bytes.length)
      raw.writeHead(status, title)
      raw.flushHeaders() // Of an answer to HEAD nothing else would be sent.
      raw.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => {
        app.endConnection(socket)
      })
    },
    'no-response': (_raw, socket, { request }) => {
      const end = (why: unknown): void => {
        if (why === ('reset' satisfies HoldEnd))
          app.endWithProblem(socket, endedByReset(), {}, request.url)
        else socket.destroy()
      }
      app.hold(request).then(end, end)
    },
  }

  app.decorate('giveUp', (reply, detail, status = null) => {
    reply.hijack()
    app.recordExchange(reply, status)
    app.logUnanswered(reply, detail)
  })
  app.decorate('breakConnection', (reply, kind, answer) => {
    const { raw } = reply
    app.giveUp(reply, kind, kind === 'truncated-body' ? answer.status : null)
    // Behind a body that nobody reads a client is not seen to give up, and a close becomes a reset.
    reply.request.raw.resume()
    const act = (): void => {
      // An injected request has no connection: it is rejected, whatever the kind.
      if (raw.socket instanceof Socket) breaks[kind](raw, raw.socket, reply, answer)
      else raw.destroy()
    }
    // What is in the journal is held: a reset that comes next ends it.
    if (kind === 'no-response') act()
    // Amid the end of the response before it a reset would become a mere close.
    else setImmediate(act)
  })
  done()
}

export const connectionFaults = fp(connectionFaultsPlugin, {
  name: 'connection-faults',
  dependencies: ['problem-details', 'holding', 'journal', 'request-log'],
})

declare module 'fastify' {
  interface FastifyInstance {
    /** Gives up answering: from here on nothing does. `status` is that of half an answer. */
    giveUp(reply: FastifyReply, detail: string, status?: number | null): void
    /** Breaks the connection in place of an answer, or amid one. */
    breakConnection(reply: FastifyReply, kind: ConnectionFault, answer: ScriptedAnswer): void
  }
}
