import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { FastifyPluginCallback, FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import type { JsonWriter } from '../domain/json-writer.ts'
import { isLarge, piecesOf } from '../domain/json-text.ts'

/**
 * The only writer of results: JSON, its members in the order in which they were built, and a media type
 * without the charset that the framework would append (CONTRACT §3).
 */
const jsonReplyPlugin: FastifyPluginCallback = (app, _options, done) => {
  app.decorateReply(
    'sendJson',
    function (this: FastifyReply, payload: object, write: JsonWriter<object> = serialize) {
      void this.header('content-type', 'application/json').serializer(write).send(payload)
    },
  )
  done()
}

/** What is large goes out piece by piece: to write it at once would hold everybody else up. */
function serialize(payload: object): string {
  if (!isLarge(payload)) return JSON.stringify(payload)
  const pieces: unknown = Readable.from(paced(payload), { objectMode: false })
  return pieces as string // The framework sends a stream where it gets one, whatever its types say.
}

async function* paced(payload: object): AsyncGenerator<string, undefined> {
  for (const piece of piecesOf(payload)) {
    yield piece
    await setImmediate() // A reader that is quick would be given the next one before anybody else's turn.
  }
}

export const jsonReply = fp(jsonReplyPlugin, { name: 'json-reply' })

declare module 'fastify' {
  interface FastifyReply {
    /**
     * Answers with `payload` as `application/json`.
     *
     * @param write - makes its text; default: `JSON.stringify`, and piece by piece what is large
     */
    sendJson<Payload extends object>(payload: Payload, write?: JsonWriter<Payload>): void
  }
}
