import type { TSchema } from '@sinclair/typebox'
import { TypeCompiler, type TypeCheck } from '@sinclair/typebox/compiler'
import type { FastifySchemaCompiler, FastifyServerOptions } from 'fastify'
import { ApiError } from '../base/problems/problems.ts'
import { collectViolations, summarize } from '../base/problems/violations.ts'

/**
 * Checks what the body of a route must be (CONTRACT §1 step 7).
 *
 * TypeBox checks, not the framework's Ajv: nothing is coerced, filled in or removed, and all violations
 * are counted without being kept in memory.
 */
const bodyValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  // Paths, queries and header fields have rules of their own (CONTRACT §1); their schemas are for the documents.
  if (httpPart !== 'body') return () => true
  // Compiled when it is first needed: at the start, others wait for it.
  let compiled: TypeCheck<TSchema> | undefined
  return (value: unknown) => {
    compiled ??= TypeCompiler.Compile(schema)
    const checker = compiled
    if (checker.Check(value)) return { value }
    const violations = collectViolations(checker.Errors(value))
    const detail = summarize('The body', violations)
    return {
      error: new ApiError('bad-request', detail, {
        rule: 'body-schema',
        violations: violations.listed,
      }),
    }
  }
}

/** Compilers of checks and serializers. They replace the framework's own, which are then never loaded. */
export const compilersFactory = {
  buildValidator: () => bodyValidator,
  buildSerializer: () => () => JSON.stringify,
} as unknown as NonNullable<
  NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']
>
