import type { FastifyPluginCallback, FastifyReply } from 'fastify'
import fp from 'fastify-plugin'

/**
 * The only writer of results: JSON, its members in the order in which they were built, and a media type
 * without the charset that the framework would append (CONTRACT §3).
 */
const jsonReplyPlugin: FastifyPluginCallback = (app, _options, done) => {
  app.decorateReply('sendJson', function (this: FastifyReply, payload: object) {
    void this.header('content-type', 'application/json').serializer(JSON.stringify).send(payload)
  })
  done()
}

export const jsonReply = fp(jsonReplyPlugin, { name: 'json-reply', fastify: '5.x' })

declare module 'fastify' {
  interface FastifyReply {
    /** Answers with `payload` as `application/json`. */
    sendJson(payload: object): void
  }
}
