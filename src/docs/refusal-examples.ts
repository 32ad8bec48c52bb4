import type { OpenAPIV3_1 } from 'openapi-types'
import {
  ApiError,
  problemOfStatus,
  toProblem,
  type ApiErrorOptions,
} from '../base/problems/problems.ts'
import type { ProblemStatus } from '../base/problems/types.ts'
import { isControl, isImitated, isTokenPath } from '../base/target.ts'
import { exampleOAuthError } from '../wink/examples.ts'
import { toOAuthError } from '../wink/oauth/oauth-error.ts'
import type { ShownOperation } from './document-examples.ts'

/** A refusal in a document. */
export interface ShownRefusal {
  readonly status: string
  readonly response: OpenAPIV3_1.ResponseObject
  readonly operation: ShownOperation
  /** Path of the request, with the examples of its parameters. */
  readonly target: string
}

type Sentence = readonly [detail: string, options?: ApiErrorOptions]
type Sentences = Partial<Record<ProblemStatus, Sentence>>

const host =
  'Send one Host header, with a host name or IP address and perhaps a port up to 65535 (RFC 9112 §3.2).'

const tooLarge = 'Send a body within the limit of 1 MiB.'
const mediaType = 'Send the body as "Content-Type: application/json"; a charset can only be UTF-8.'

/** Refusals that all operations share. */
const common: Sentences = {
  400: [host, { rule: 'http-message' }],
  500: ['The sandbox failed unexpectedly; its log says why. Please report it.'],
  503: ['The sandbox is shutting down; start it again.'],
}

/** Refusals of the webhook operations. */
function apiSentences({ parameters = [], requestBody, security = [] }: ShownOperation): Sentences {
  const names = parameters.map(({ name }) => name)
  const [scope] = security.flatMap((one) => Object.values(one).flat())
  return {
    400: requestBody
      ? violation('The body', '#/enabled', 'must be true or false')
      : ['Send "Wink-Version: 2.0" once, or leave it out; --wink-version ignore accepts any.'],
    401: ['Send an access token: "Authorization: Bearer <token>".'],
    403: [`The token lacks the scope ${String(scope)}; use one that has it.`],
    404: names.includes('id')
      ? ['The managing entity has no such webhook; list those that it has.']
      : [
          'There is no such managing entity; use one that is configured (managingEntities of --data), or make one: POST /__admin/tenants.',
        ],
    405: askedFor(405),
    409: names.includes('If-Match')
      ? [
          'Changed by someone else: it has version 2 now. Load it again and retry with that in If-Match.',
        ]
      : askedFor(409),
    413: [tooLarge],
    415: requestBody ? [mediaType] : askedFor(415),
  }
}

/** Refusals of the token operations. */
const tokenSentences = ({ requestBody }: ShownOperation): Sentences => ({
  ...(requestBody && {
    400: ['Send the parameter client_id once.', { rule: 'token-request' }],
  }),
  401: [exampleOAuthError.error_description],
  405: askedFor(405),
  413: [tooLarge],
})

/** Refusals of the control operations. For the others, the description of the response is the sentence. */
const controlSentences: Sentences = {
  400: violation('The query', '#/colour', 'must be left out: no such member is known'),
  401: [
    'Send the admin token (--admin-token) as "Authorization: Bearer <token>"; connectSandbox takes it as adminToken.',
  ],
  403: [
    'A page in a browser may not drive the sandbox, but for its own console and /reference; behind a proxy, that needs --public-url.',
  ],
  415: [mediaType],
}

/** The refusal that a request asks for by `Prefer`. */
const askedFor = (status: number): Sentence => [
  `Answered because of "Prefer: code=${status}"; the request was not carried out.`,
]

function violation(document: string, pointer: string, detail: string): Sentence {
  const violations = [{ pointer, detail }]
  return [`${document} breaks 1 rule: ${pointer} ${detail}.`, { violations }]
}

/** An example of a refusal: a body that the sandbox could send for this operation and status. */
export function refusalExample({ status, response, operation, target }: ShownRefusal): unknown {
  const code = Number(status) as ProblemStatus
  const [detail, options] = { ...common, ...sentencesOf(operation, target) }[code] ?? [
    response.description,
  ]
  const error = new ApiError(problemOfStatus(code), detail, options)
  return isTokenPath(target) ? toOAuthError(error) : toProblem(error, target)
}

function sentencesOf(operation: ShownOperation, target: string): Sentences {
  if (isTokenPath(target)) return tokenSentences(operation)
  if (isImitated(target)) return apiSentences(operation)
  return isControl(target) && !target.endsWith('/health') ? controlSentences : {}
}
