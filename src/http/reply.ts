import { Readable } from 'node:stream'
import { LongAnswers } from './long-answers.ts'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { JsonWriter } from '../base/json/writer.ts'
import { hasList, joined, piecesOf } from '../base/json/lazy-list.ts'
import type { Turns } from '../base/turns.ts'
import { releaseBody } from './body-reader.ts'

/**
 * The only writer of results: JSON, its members in the order in which they were built, and a media type
 * without the charset that the framework would append (CONTRACT §3); and plain text.
 */
export function addSendJson(app: FastifyInstance, { turns }: { readonly turns: Turns }): void {
  const longAnswers = new LongAnswers()
  const inPieces = (pieces: Generator<string, string>): string => {
    const { value: first, done } = pieces.next()
    if (done) return first
    // One piece is worked out ahead of those that were sent.
    const stream = Readable.from(paced(first, pieces, turns), {
      objectMode: false,
      highWaterMark: 1,
    })
    longAnswers.add(stream)
    return stream as unknown as string // The framework sends a stream where it gets one, whatever its types say.
  }
  // Large payloads go out piece by piece: to write them at once would hold everybody else up.
  const serializeList = (payload: object): string =>
    hasList(payload) ? inPieces(piecesOf(payload)) : JSON.stringify(payload)
  const serializeText = (texts: Iterable<string>): string => inPieces(joined(texts))
  app.decorateReply(
    'sendJson',
    function (
      this: FastifyReply,
      payload: object,
      write: JsonWriter<object> = serializeList,
      type = 'application/json',
    ) {
      releaseBody(this.request)
      void this.header('content-type', type).serializer(write).send(payload)
    },
  )
  app.decorateReply('sendText', function (this: FastifyReply, texts: Iterable<string>) {
    releaseBody(this.request)
    void this.header('content-type', 'text/plain; charset=utf-8')
      .serializer(serializeText)
      .send(texts)
  })
}

async function* paced(
  first: string,
  others: Iterator<string, string>,
  turns: Turns,
): AsyncGenerator<string> {
  yield first
  for (;;) {
    await turns.next()
    const { value, done } = others.next()
    yield value
    if (done) return
  }
}

declare module 'fastify' {
  interface FastifyReply {
    /**
     * Answers with `payload` as JSON.
     *
     * @param write - makes its text; default: `JSON.stringify`, and piece by piece what is large
     * @param type - media type; default: `application/json`
     */
    sendJson<Payload extends object>(
      payload: Payload,
      write?: JsonWriter<Payload>,
      type?: string,
    ): void
    /** Answers with the texts, one behind another, as `text/plain`; piece by piece if they are long. */
    sendText(texts: Iterable<string>): void
  }
}
