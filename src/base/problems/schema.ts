import { Type } from '@sinclair/typebox'
import type { InterfaceOf } from '../schema/interface.ts'
import type * as types from './types.ts'

/** A violation in a document: its place, and the expectation there (CONTRACT §4). */
export const Violation = Type.Object(
  {
    pointer: Type.String({ description: 'JSON pointer into the document, as a URI fragment.' }),
    detail: Type.String({ description: 'What must be true there.' }),
  },
  { title: 'Violation' },
)
export type Violation = InterfaceOf<typeof Violation, types.Violation>

const exampleProblem = {
  type: 'about:blank',
  title: 'Bad Request',
  status: 400,
  detail: 'The body breaks 1 rule: #/enabled must be true or false.',
  instance: '/api/managing-entity/d5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69/webhook',
  properties: { errors: [{ pointer: '#/enabled', detail: 'must be true or false' }] },
}

/** The body of every refusal: problem details (RFC 9457; CONTRACT §4). */
export const Problem = Type.Object({
  type: Type.Literal('about:blank'),
  title: Type.String({ description: 'The reason phrase of the status.' }),
  status: Type.Integer({
    format: 'int32',
    minimum: 400,
    maximum: 599,
    description: 'The status of the answer.',
  }),
  detail: Type.String({ description: 'What was wrong with this request and what to do.' }),
  instance: Type.Optional(
    Type.String({
      format: 'uri-reference',
      description: 'Path of the request, where one was understood.',
    }),
  ),
  properties: Type.Optional(
    Type.Object(
      { errors: Type.Optional(Type.Array(Violation, { maxItems: 50 })) },
      { additionalProperties: Type.Unknown(), description: 'More about this problem.' },
    ),
  ),
})
export type Problem = InterfaceOf<typeof Problem, types.Problem>

/** A {@link Problem} as the documents show it: like Wink's, it requires no member (wink). */
export const ProblemDetail = Type.Partial(
  Type.Object({
    ...Problem.properties,
    type: Type.String({ format: 'uri', description: 'Always `about:blank`.' }),
  }),
  { title: 'ProblemDetail', examples: [exampleProblem] },
)
