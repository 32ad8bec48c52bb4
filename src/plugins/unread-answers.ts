import type { FastifyPluginCallback } from 'fastify'
import fp from 'fastify-plugin'

/** How long answers may wait to be read. */
export interface UnreadAnswersOptions {
  readonly timeoutMs: number
}

/** Ends the connection of a client that does not read its answer, which would be kept for ever. */
const unreadAnswersPlugin: FastifyPluginCallback<UnreadAnswersOptions> = (
  app,
  { timeoutMs },
  done,
) => {
  app.addHook('onSend', (_request, { raw }, payload, next) => {
    const begin = (): void => {
      const limit = setTimeout(() => raw.destroy(), timeoutMs).unref()
      const clear = (): void => {
        clearTimeout(limit)
      }
      raw.once('finish', clear).once('close', clear)
    }
    // Its time does not begin while it waits for the answers before it (RFC 9112 §9.3.2).
    if (raw.socket) begin()
    else raw.once('socket', begin)
    next(null, payload)
  })
  done()
}

export const unreadAnswers = fp(unreadAnswersPlugin, { name: 'unread-answers', fastify: '5.x' })
