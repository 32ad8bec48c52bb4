import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { jsonResponse } from '../../base/openapi/responses.ts'
import { requireShape } from '../../base/problems/validate.ts'
import { controlBodyDescriptions, controlProblems } from '../responses.ts'
import type { ClockControl } from './control.ts'
import { ClockReading, ClockSetting, ClockStep } from './schema.ts'

const tags = ['State']

/** Reads, sets and advances the clock. */
export const clockRoutes: FastifyPluginCallbackTypebox<{ readonly clock: ClockControl }> = (
  app,
  { clock },
  done,
) => {
  app.get(
    '/clock',
    {
      schema: {
        operationId: 'read-clock',
        summary: 'Read the clock',
        description: 'Shows the time of the sandbox.',
        tags,
        response: { 200: jsonResponse('The clock.', ClockReading), ...controlProblems() },
      },
    },
    (_request, reply) => {
      reply.sendJson(clock.read())
    },
  )
  app.put(
    '/clock',
    {
      schema: {
        operationId: 'set-clock',
        summary: 'Set the clock',
        description: 'Lets the clock go with the system, stand still, or be ahead or behind.',
        tags,
        body: ClockSetting,
        response: {
          200: jsonResponse('The clock.', ClockReading),
          ...controlProblems(controlBodyDescriptions),
        },
      },
    },
    (request, reply) => {
      reply.sendJson(clock.set(request.body as ClockSetting))
    },
  )
  app.post(
    '/clock/advance',
    {
      schema: {
        operationId: 'advance-clock',
        summary: 'Advance the clock',
        description: 'Moves the clock forward, whether it goes or stands still.',
        tags,
        body: ClockStep,
        response: {
          200: jsonResponse('The clock.', ClockReading),
          ...controlProblems(controlBodyDescriptions),
        },
      },
    },
    (request, reply) => {
      reply.sendJson(clock.advance(requireShape(ClockStep, request.body, 'The step').ms))
    },
  )
  done()
}
