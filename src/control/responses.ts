import {
  challenge,
  problemResponses,
  usualHeaders,
  type Meanings,
  type Response,
} from '../base/openapi/responses.ts'

const descriptions = {
  400: 'What was sent breaks a rule; `properties.errors` points at it.',
  401: 'The admin token is missing, or it is another.',
  403: 'The request comes from a page in a browser, names another host than the machine itself, or is an event that a sandbox delivers.',
  405: 'The path has no such method.',
  500: 'An unexpected failure.',
  503: 'The sandbox is shutting down.',
} satisfies Meanings

/** Descriptions of the problems of operations with a body. */
export const controlBodyDescriptions = {
  413: 'The body is too large.',
  415: 'The body is not `application/json`.',
} satisfies Meanings

/** Descriptions of the problems of journal operations. */
export const journalDescriptions = { 409: 'The journal is off.' } satisfies Meanings

const headersByStatus = { ...usualHeaders, 401: challenge }

/** The problem responses of a control operation: the common ones, and `own`. */
export const controlProblems = (own: Meanings = {}): Record<number, Response> =>
  problemResponses({ ...descriptions, ...own }, headersByStatus)
