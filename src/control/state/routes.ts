import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { jsonResponse, noContent } from '../../base/openapi/responses.ts'
import { ApiError } from '../../base/problems/problems.ts'
import { SandboxData } from '../../wink/data-schema.ts'
import { DataError } from '../../wink/data.ts'
import { maxParsedBytes } from '../input.ts'
import { controlBodyDescriptions, controlProblems } from '../responses.ts'
import type { Views } from '../views.ts'
import type { StateControl } from './control.ts'

/** Maximum size of an imported state, in bytes. */
const maxStateBytes = Math.min(256 * 1024 * 1024, maxParsedBytes)

const tags = ['State']

/** Exports and imports the state. */
export const stateRoutes: FastifyPluginCallbackTypebox<{
  readonly state: StateControl
  readonly views: Views
}> = (app, { state, views }, done) => {
  app.get(
    '/state',
    {
      schema: {
        operationId: 'export-state',
        summary: 'Export the state',
        description: 'Shows what the sandbox holds, as a data file.',
        tags,
        response: { 200: jsonResponse('The state.', SandboxData), ...controlProblems() },
      },
    },
    (_request, reply) => {
      reply.sendJson(views.state())
    },
  )
  app.put(
    '/state',
    {
      bodyLimit: maxStateBytes,
      schema: {
        operationId: 'import-state',
        summary: 'Import a state',
        description: 'Replaces what the sandbox holds by a data file.',
        tags,
        body: SandboxData,
        response: {
          204: noContent('It holds the state.'),
          ...controlProblems(controlBodyDescriptions),
        },
      },
    },
    (request, reply) => {
      const data = request.body as SandboxData | undefined
      // A missing body is probably a mistake, so that it does not empty the sandbox.
      if (data === undefined) {
        throw new ApiError('bad-request', 'The body is empty; send a data file ({} empties all).')
      }
      try {
        state.import(data)
      } catch (error) {
        throw error instanceof DataError ? badState(error) : error
      }
      void reply.code(204).send()
    },
  )
  done()
}

const badState = ({ message, violations }: DataError): ApiError =>
  new ApiError('bad-request', `The state breaks a rule: ${message}.`, { violations })
