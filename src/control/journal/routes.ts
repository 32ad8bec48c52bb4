import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { Static } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PacedRequests, RequestControl } from './control.ts'
import type { OwnAddress } from '../../base/own-address.ts'
import { requireShape } from '../../base/problems/validate.ts'
import { Archive, CurlCommand, harType, Transcript } from './export/schema.ts'
import type { RequestWaits } from './waits.ts'
import { controlBodyDescriptions, controlProblems, journalDescriptions } from '../responses.ts'
import { jsonResponse, noContent } from '../../base/openapi/responses.ts'
import {
  JournaledRequest,
  ListFormat,
  JournaledRequests,
  RequestCount,
  RequestFilter,
  type RequestList,
  RequestListBody,
  RequestListQuery,
  RequestQuery,
  RequestWait,
  WaitTimeout,
} from './schema.ts'
import { IdPath } from '../schema.ts'
import { whileConnected } from '../while-connected.ts'

const tags = ['Requests']

type Format = NonNullable<Static<typeof ListFormat>['format']>

const listResponse = {
  description: 'The requests, in the order that was asked for.',
  content: {
    'application/json': { schema: JournaledRequests },
    [harType]: { schema: Archive },
    'text/plain': { schema: Transcript },
  },
}

/** Queries the journal, and waits for requests. */
export const requestRoutes: FastifyPluginCallbackTypebox<{
  readonly control: RequestControl
  readonly requests: PacedRequests & RequestWaits
  readonly ownAddress: OwnAddress
}> = (app, { control, requests, ownAddress }, done) => {
  const sendList = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { format, ...list }: RequestList & { readonly format?: Format | undefined },
  ): Promise<FastifyReply> => {
    const baseUrl = ownAddress.baseUrlOf(request)
    if (format === 'har') {
      reply.sendJson(await requests.har(list, baseUrl), undefined, harType)
    } else if (format === 'http') {
      reply.sendText(await requests.http(list, baseUrl))
    } else reply.sendJson({ requests: await requests.find(list) })
    return reply
  }
  app.get(
    '/requests',
    {
      schema: {
        operationId: 'list-requests',
        summary: 'List requests',
        description: 'Shows the journaled requests that the parameters select.',
        tags,
        querystring: RequestListQuery,
        response: {
          200: listResponse,
          ...controlProblems(journalDescriptions),
        },
      },
    },
    async (request, reply) => {
      const { format, ...list } = request.query
      requireShape(ListFormat, { format }, 'The query')
      return sendList(request, reply, { ...filterOf(list), format })
    },
  )
  app.delete(
    '/requests',
    {
      schema: {
        operationId: 'clear-requests',
        summary: 'Forget requests',
        description: 'Forgets the journaled requests that the parameters select.',
        tags,
        querystring: RequestQuery,
        response: {
          204: noContent('They are forgotten.'),
          ...controlProblems(journalDescriptions),
        },
      },
    },
    async (request, reply) => {
      await requests.clear(filterOf(request.query))
      return reply.code(204).send()
    },
  )

  app.get(
    '/requests/:id',
    {
      schema: {
        operationId: 'show-request',
        summary: 'Show a request',
        description: 'Shows one journaled request, with its diagnosis.',
        tags,
        params: IdPath,
        response: {
          200: jsonResponse('The request.', JournaledRequest),
          ...controlProblems({ 404: 'There is none with this id.', ...journalDescriptions }),
        },
      },
    },
    (request, reply) => {
      reply.sendJson(control.get(request.params.id))
    },
  )

  app.get(
    '/requests/:id/curl',
    {
      schema: {
        operationId: 'show-request-as-curl',
        summary: 'Show a request as a curl command',
        description:
          'Gives a curl command for a POSIX shell that sends the request again. Variables such as `$WINK_TOKEN` stand for secrets.',
        tags,
        params: IdPath,
        response: {
          200: { description: 'The command.', content: { 'text/plain': { schema: CurlCommand } } },
          ...controlProblems({
            404: 'There is none with this id.',
            409: 'The journal is off, or curl cannot send the request as it was.',
          }),
        },
      },
    },
    (request, reply) => {
      reply.sendText([requests.curl(request.params.id, ownAddress.baseUrlOf(request))])
    },
  )

  app.get(
    '/requests/count',
    {
      schema: {
        operationId: 'count-requests',
        summary: 'Count requests',
        description: 'Counts the journaled requests that the parameters select.',
        tags,
        querystring: RequestQuery,
        response: {
          200: jsonResponse('How many there are.', RequestCount),
          ...controlProblems(journalDescriptions),
        },
      },
    },
    async (request, reply) => {
      reply.sendJson({ count: await requests.count(filterOf(request.query)) })
      return reply
    },
  )
  app.post(
    '/requests/count',
    {
      schema: {
        operationId: 'count-requests-by',
        summary: 'Count requests by a filter',
        description: 'Counts the journaled requests that the body selects.',
        tags,
        body: RequestFilter,
        response: {
          200: jsonResponse('How many there are.', RequestCount),
          ...controlProblems({ ...journalDescriptions, ...controlBodyDescriptions }),
        },
      },
    },
    async (request, reply) => {
      reply.sendJson({ count: await requests.count(request.body) })
      return reply
    },
  )

  app.post(
    '/requests/find',
    {
      schema: {
        operationId: 'find-requests',
        summary: 'Find requests',
        description: 'Shows the journaled requests that the body selects.',
        tags,
        body: RequestListBody,
        response: {
          200: listResponse,
          ...controlProblems({ ...journalDescriptions, ...controlBodyDescriptions }),
        },
      },
    },
    async (request, reply) =>
      sendList(request, reply, requireShape(RequestListBody, request.body, 'The filter')),
  )

  app.post(
    '/requests/wait',
    {
      schema: {
        operationId: 'wait-for-requests',
        summary: 'Wait for requests',
        description:
          'Answers as soon as there have been so many requests, those that came before included.',
        tags,
        body: RequestWait,
        response: {
          200: jsonResponse('The requests, oldest first.', JournaledRequests),
          ...controlProblems({
            ...controlBodyDescriptions,
            409: 'The journal is off, or there is no room for one more wait.',
          }),
          408: {
            description: 'They did not come in time.',
            content: { 'application/problem+json': { schema: WaitTimeout } },
          },
        },
      },
    },
    async ({ body, raw }, reply) => {
      const found = await whileConnected(raw, (signal) => requests.wait(body, signal))
      reply.sendJson({ requests: found })
      return reply
    },
  )
  done()
}

/** Converts the numbers in a query, which are text; invalid text fails the validation later. */
function filterOf({ status, limit, ids, ...others }: Record<string, unknown>): RequestList {
  return {
    ...others,
    ...(ids !== undefined && {
      ids: [ids as string | string[]].flat().flatMap((text) => text.split(',')),
    }),
    ...(status !== undefined && { status: status === 'null' ? null : numberOf(status) }),
    ...(limit !== undefined && { limit: numberOf(limit) }),
  }
}

const numberOf = (text: unknown): number =>
  typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : (text as number)
