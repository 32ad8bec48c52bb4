import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import type { Control } from '../../control/control.ts'
import {
  JournaledRequest,
  JournaledRequests,
  RequestCount,
  RequestFilter,
  RequestWait,
} from '../../schemas/journal.ts'

/** Asks the journal, and waits for it. */
export const requestRoutes: FastifyPluginCallbackTypebox<{ readonly control: Control }> = (
  app,
  { control: { requests } },
  done,
) => {
  app.get(
    '/requests',
    { schema: { querystring: RequestFilter, response: { 200: JournaledRequests } } },
    (request, reply) => {
      reply.sendJson({ requests: requests.find(filterOf(request.query)) })
    },
  )
  app.delete('/requests', { schema: { querystring: RequestFilter } }, (request, reply) => {
    requests.clear(filterOf(request.query))
    void reply.code(204).send()
  })

  app.get(
    '/requests/:id',
    {
      schema: { params: Type.Object({ id: Type.String() }), response: { 200: JournaledRequest } },
    },
    (request, reply) => {
      reply.sendJson(requests.get(request.params.id))
    },
  )

  app.get(
    '/requests/count',
    { schema: { querystring: RequestFilter, response: { 200: RequestCount } } },
    (request, reply) => {
      reply.sendJson({ count: requests.count(filterOf(request.query)) })
    },
  )
  app.post(
    '/requests/count',
    { schema: { body: RequestFilter, response: { 200: RequestCount } } },
    (request, reply) => {
      reply.sendJson({ count: requests.count(request.body) })
    },
  )

  app.post(
    '/requests/find',
    { schema: { body: RequestFilter, response: { 200: JournaledRequests } } },
    (request, reply) => {
      reply.sendJson({ requests: requests.find(request.body) })
    },
  )

  app.post(
    '/requests/wait',
    { schema: { body: RequestWait, response: { 200: JournaledRequests } } },
    async ({ body, raw }, reply) => {
      const gone = new AbortController()
      const abort = (): void => {
        gone.abort()
      }
      raw.socket.once('close', abort)
      try {
        reply.sendJson({ requests: await requests.wait(body, gone.signal) })
      } finally {
        raw.socket.off('close', abort)
      }
      return reply
    },
  )
  done()
}

/** A query is text: what the filter has as a number or null is made one, unless it is none. */
function filterOf({ status, ...others }: Record<string, unknown>): RequestFilter {
  if (status === undefined) return others
  if (status === 'null') return { ...others, status: null }
  return { ...others, status: isNumber(status) ? Number(status) : (status as number) }
}

const isNumber = (text: unknown): boolean => typeof text === 'string' && /^\d+$/.test(text)
