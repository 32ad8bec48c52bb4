import { isDeepStrictEqual } from 'node:util'
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { noContent } from '../../base/openapi/responses.ts'
import { refuseViolations } from '../../base/problems/validate.ts'
import { controlBodyDescriptions, controlProblems } from '../responses.ts'
import { Reset } from './schema.ts'

/** Resets the sandbox. */
export const resetRoutes: FastifyPluginCallbackTypebox<{
  readonly control: { reset(what: Reset): void }
}> = (app, { control }, done) => {
  app.post(
    '/reset',
    {
      schema: {
        operationId: 'reset',
        summary: 'Reset the sandbox',
        description:
          'Goes back to how the sandbox started: all of it, or some parts, or one managing entity.',
        tags: ['State'],
        querystring: Reset,
        body: Reset,
        response: {
          204: noContent('It is reset.'),
          ...controlProblems(controlBodyDescriptions),
        },
      },
    },
    (request, reply) => {
      control.reset(merged(parsedQuery(request.query), request.body) as Reset)
      void reply.code(204).send()
    },
  )
  done()
}

/** A reset before it is checked. */
interface GivenReset {
  readonly managingEntityIdentifier?: string
  readonly only?: string | readonly string[]
}

/** A query gives parts separated by commas, or as repeated parameters. */
function parsedQuery({ only, ...others }: GivenReset): GivenReset {
  if (only === undefined) return others
  return { ...others, only: [only].flat().flatMap((part: string) => part.split(',')) }
}

/**
 * Merges the fields of the query and of the body. Tools that fill in both from the document send the same value twice.
 *
 * @throws ApiError `bad-request` that points at the fields that have different values in them
 */
function merged(query: GivenReset, body: GivenReset): GivenReset {
  const names = Object.keys(query) as (keyof Reset)[]
  if (names.length === 0 || !isObject(body)) return body
  const listed = names
    .filter((name) => (body[name] ?? undefined) !== undefined)
    .filter((name) => !isDeepStrictEqual(body[name], query[name]))
    .map((name) => ({
      pointer: `#/${name}`,
      detail: 'must be left out: the query has another value',
    }))
  refuseViolations('The body', { total: listed.length, listed })
  return { ...body, ...query }
}

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
