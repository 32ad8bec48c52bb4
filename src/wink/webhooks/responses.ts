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

/** Header fields of every answer of Wink's API. */
export const exchangeHeaders: Headers = {
  'X-Wink-Mock-Request-Id': Type.String({
    format: 'uuid',
    description: "The sandbox's own: the id of this request in its journal.",
  }),
}

const onlyAskedFor = 'Only where `Prefer` or a fault asks for it'

/** Default descriptions of problems, by status (CONTRACT §4, §6). */
const descriptions = {
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

/** Descriptions for operations with a body. */
const bodyDescriptions = {
  400: 'A header field or the body breaks a rule; `properties.errors` points at those of the body.',
  413: 'The body has more than 1 MiB.',
  415: 'The body is not `application/json`.',
} satisfies Meanings

/** Descriptions for operations that store a webhook. */
export const storedDescriptions = {
  ...bodyDescriptions,
  503: 'The store is full, or the sandbox is shutting down.',
} satisfies Meanings

/** Descriptions for operations on one webhook. */
export const webhookDescriptions = {
  404: 'There is no such managing entity, or it has no such webhook.',
} satisfies Meanings

/** Descriptions for operations that change one webhook. */
export const changeDescriptions = {
  ...webhookDescriptions,
  409: 'Changed by someone else: the webhook has another version than `If-Match` asks for.',
} satisfies Meanings

const headersByStatus = withPreference({ ...usualHeaders, 401: challenge, 403: challenge })

/** The documented problems of an operation: its own descriptions, and the default ones. */
export const apiProblems = (own: Meanings = {}): Record<number, Response> =>
  problemResponses({ ...descriptions, ...own }, headersByStatus)
