/** What can be wrong with a token, and the sentence that says so (CONTRACT §4, 401). */
export const tokenFlaws = {
  unknown: 'The token is unknown: it is neither configured (tokens of --data) nor issued here.',
  altered: 'The token is not as it was issued: its signature does not match.',
  expired: 'The token has expired.',
  'not-yet-valid': 'The token is not valid yet.',
  revoked: 'The token was revoked.',
  'client-gone': 'The client of the token is unknown.',
} as const

/** A row of {@link tokenFlaws}. */
export type TokenFlaw = keyof typeof tokenFlaws
