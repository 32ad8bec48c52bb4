import { Type } from '@sinclair/typebox'
import { OAuthError } from './schema.ts'
import {
  refusals,
  usualHeaders,
  type Headers,
  type Meanings,
  type Response,
  withPreference,
} from '../../base/openapi/responses.ts'

/** Header fields of what no cache may keep (RFC 6749 §5.1). */
export const noStoreHeaders: Headers = {
  'Cache-Control': Type.String({ description: '`no-store`: nothing about tokens is kept.' }),
  Pragma: Type.String({ description: '`no-cache`, likewise.' }),
}

/** What refusals of the token and revocation endpoints mean (RFC 6749 §5.2). */
export const tokenMeanings = {
  400: 'The request is malformed, or asks for what is not granted.',
  401: 'The client is not known, or its secret is another.',
  405: 'Only where `Prefer` or a fault asks for it: this method is there.',
  413: 'The body has more than 1 MiB.',
  500: 'An unexpected failure.',
  503: 'The sandbox is shutting down.',
} satisfies Meanings

const headersByStatus = withPreference({
  400: noStoreHeaders,
  401: {
    ...noStoreHeaders,
    'WWW-Authenticate': Type.String({
      description: 'What to authenticate by: `Basic` (RFC 9110 §15.5.2).',
    }),
  },
  405: { ...noStoreHeaders, ...usualHeaders[405] },
  413: noStoreHeaders,
  500: noStoreHeaders,
  503: { ...noStoreHeaders, ...usualHeaders[503] },
})

/** What is answered below `/oauth2` in place of problems (RFC 6749 §5.2). */
export const oauthErrors = (meanings: Meanings): Record<number, Response> =>
  refusals(meanings, { 'application/json': { schema: OAuthError } }, headersByStatus)
