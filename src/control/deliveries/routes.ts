import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { Switches } from '../../wink/switches/types.ts'
import type { Lazy } from '../../base/lazy.ts'
import { LazyList } from '../../base/json/lazy-list.ts'
import { jsonResponse, noContent } from '../../base/openapi/responses.ts'
import { controlBodyDescriptions, controlProblems } from '../responses.ts'
import { IdPath } from '../schema.ts'
import { whileConnected } from '../while-connected.ts'
import type { Deliveries } from './deliveries.ts'
import type { DeliveryControl } from './control.ts'
import {
  Deliveries as DeliveryList,
  Delivery,
  DeliveryFilter,
  DeliveryTimeout,
  DeliveryWait,
  Redelivery,
  TriggeredEvent,
} from './schema.ts'
import { eventTrigger } from './trigger-schema.ts'
import { deliveryView, viewer } from './view.ts'

const tags = ['Events']
const unknownDelivery = { 404: 'There is none with this id.' }

/** Triggers events, and shows their deliveries. */
export const deliveryRoutes: FastifyPluginCallbackTypebox<{
  readonly control: DeliveryControl
  readonly deliveries: Lazy<Deliveries>
  readonly switches: Pick<Switches, 'unknownEventNames'>
}> = (app, { control, deliveries, switches }, done) => {
  app.post(
    '/events',
    {
      schema: {
        operationId: 'trigger-event',
        summary: 'Trigger an event',
        description: 'Sends an event to the webhooks of a managing entity, or to one webhook.',
        tags,
        body: eventTrigger(switches.unknownEventNames),
        response: {
          200: jsonResponse('All deliveries have ended, as `waitMs` asked for.', TriggeredEvent),
          202: jsonResponse('The event is on its way.', TriggeredEvent),
          ...controlProblems({
            ...controlBodyDescriptions,
            404: 'There is no such webhook.',
            408: 'The connection was closed during the wait.',
            409: 'There is no room for its deliveries, or for one more wait.',
          }),
        },
      },
    },
    async ({ body, raw }, reply) => {
      const {
        event,
        deliveries: sent,
        hasEnded,
        ...more
      } = await whileConnected(raw, (signal) => deliveries.value.trigger(body, signal))
      reply.code(hasEnded ? 200 : 202).sendJson({
        event: { id: event.id, type: event.type },
        deliveries: LazyList.of(sent, viewer()),
        ...more,
      })
      return reply
    },
  )

  app.get(
    '/deliveries',
    {
      schema: {
        operationId: 'list-deliveries',
        summary: 'List deliveries',
        description: 'Shows the deliveries that the parameters select.',
        tags,
        querystring: DeliveryFilter,
        response: {
          200: jsonResponse('The deliveries, oldest first.', DeliveryList),
          ...controlProblems(),
        },
      },
    },
    (request, reply) => {
      const found = deliveries.value.find(request.query)
      reply.sendJson({ deliveries: LazyList.of(found, viewer()) })
    },
  )
  app.delete(
    '/deliveries',
    {
      schema: {
        operationId: 'clear-deliveries',
        summary: 'Forget deliveries',
        description: 'Forgets the deliveries that the parameters select, and cancels pending ones.',
        tags,
        querystring: DeliveryFilter,
        response: { 204: noContent('They are forgotten.'), ...controlProblems() },
      },
    },
    (request, reply) => {
      control.clear(request.query)
      void reply.code(204).send()
    },
  )

  app.get(
    '/deliveries/:id',
    {
      schema: {
        operationId: 'show-delivery',
        summary: 'Show a delivery',
        description: 'Shows one delivery, with its attempts and its verdict.',
        tags,
        params: IdPath,
        response: {
          200: jsonResponse('The delivery.', Delivery),
          ...controlProblems(unknownDelivery),
        },
      },
    },
    (request, reply) => {
      reply.sendJson(control.get(request.params.id))
    },
  )
  app.post(
    '/deliveries/:id/redeliver',
    {
      schema: {
        operationId: 'redeliver',
        summary: 'Send a delivery again',
        description: 'Sends the same bytes with the same id, and the next attempt numbers.',
        tags,
        params: IdPath,
        body: Redelivery,
        response: {
          200: jsonResponse('It has ended, as `waitMs` asked for.', Delivery),
          202: jsonResponse('The delivery is on its way again.', Delivery),
          ...controlProblems({
            ...controlBodyDescriptions,
            ...unknownDelivery,
            408: 'The connection was closed during the wait.',
            409: 'It is pending, was skipped, or has had too many attempts; or there is no room for it or for the wait.',
          }),
        },
      },
    },
    async ({ params, body, raw }, reply) => {
      const { delivery, hasEnded } = await whileConnected(raw, (signal) =>
        deliveries.value.redeliver(params.id, body, signal),
      )
      reply.code(hasEnded ? 200 : 202).sendJson(deliveryView(delivery))
      return reply
    },
  )

  app.post(
    '/deliveries/wait',
    {
      schema: {
        operationId: 'wait-for-deliveries',
        summary: 'Wait for deliveries',
        description:
          'Answers as soon as so many deliveries match, those that match already included.',
        tags,
        body: DeliveryWait,
        response: {
          200: jsonResponse('The deliveries, oldest first.', DeliveryList),
          ...controlProblems({
            ...controlBodyDescriptions,
            409: 'There is no room for one more wait.',
          }),
          408: {
            description: 'They did not match in time.',
            content: { 'application/problem+json': { schema: DeliveryTimeout } },
          },
        },
      },
    },
    async ({ body, raw }, reply) => {
      const found = await whileConnected(raw, (signal) => deliveries.value.wait(body, signal))
      reply.sendJson({ deliveries: LazyList.of(found, viewer()) })
      return reply
    },
  )
  done()
}
