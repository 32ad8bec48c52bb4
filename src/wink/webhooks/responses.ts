import { Type } from '@sinclair/typebox'
import {
  challenge,
  problemResponses,
  usualHeaders,
  type Headers,
  type Meanings,
  type Response,
  withPreference,
} from '../../base/openapi/responses.ts'

/** Header fields of every answer of an imitated operation. */
export const exchangeHeaders: Headers = {
  'X-Wink-Mock-Request-Id': Type.String({
    format: 'uuid',
    description: "The sandbox's own: the id of this request in its journal.",
  }),
}

const onlyAskedFor = 'Only where `Prefer` or a fault asks for it'

/** What the problems of an operation mean that has no rules of its own (CONTRACT §4, §6). */
const meanings = {
  400: 'A header field breaks a rule.',
  401: 'There is no token, or one that is malformed, unknown, expired or revoked.',
  403: 'The token lacks the scope, or may not manage this managing entity.',
  404: 'There is no such managing entity.',
  405: `${onlyAskedFor}: this method is there.`,
  409: `${onlyAskedFor}: this does not depend on a version.`,
  415: `${onlyAskedFor}: there is no body to look at.`,
  500: 'An unexpected failure.',
  503: 'The sandbox is shutting down.',
} satisfies Meanings

/** What they mean where there is a body. */
export const bodyMeanings = {
  400: 'A header field or the body breaks a rule; `properties.errors` points at those of the body.',
  413: 'The body has more than 1 MiB.',
  415: 'The body is not `application/json`.',
} satisfies Meanings

/** What they mean where a webhook is stored. */
export const storedMeanings = {
  ...bodyMeanings,
  503: 'The store is full, or the sandbox is shutting down.',
} satisfies Meanings

/** What they mean where it is about one webhook. */
export const webhookMeanings = {
  404: 'There is no such managing entity, or it has no such webhook.',
} satisfies Meanings

/** What they mean where that webhook is changed. */
export const changeMeanings = {
  ...webhookMeanings,
  409: 'Changed by someone else: the webhook has another version than `If-Match` asks for.',
} satisfies Meanings

const headersByStatus = withPreference({ ...usualHeaders, 401: challenge, 403: challenge })

/** The problems of an operation of the API; what it does not say itself means the usual. */
export const apiProblems = (own: Meanings = {}): Record<number, Response> =>
  problemResponses({ ...meanings, ...own }, headersByStatus)
