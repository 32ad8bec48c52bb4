import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { controlProblems } from '../responses.ts'
import { EventTexts, StreamQuery } from './schema.ts'
import { streamHeaders } from './event-stream.ts'
import type { Streams } from './streams.ts'

/** Sends events as they happen. */
export const streamRoutes: FastifyPluginCallbackTypebox<{ readonly streams: Streams }> = (
  app,
  { streams },
  done,
) => {
  app.get(
    '/stream',
    {
      schema: {
        operationId: 'stream-events',
        summary: 'Stream events',
        description:
          'Sends what happens as server-sent events, until the client or the sandbox ends. `Last-Event-ID` goes on behind an event.',
        tags: ['Requests'],
        querystring: StreamQuery,
        response: {
          200: {
            description: 'The events.',
            content: { 'text/event-stream': { schema: EventTexts } },
          },
          ...controlProblems({ 409: 'The journal is off, or too many streams are open.' }),
        },
      },
    },
    (request, reply) => {
      const begin = streams.prepare({
        query: request.query,
        lastEventId: request.headers['last-event-id']?.toString(),
      })
      if (request.method === 'HEAD') {
        void reply.headers(streamHeaders).send(null as never)
        return
      }
      reply.hijack()
      begin(reply.raw)
    },
  )
  done()
}
