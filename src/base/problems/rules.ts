import type { RuleName } from './types.ts'

interface RuleRow {
  /** The rule as a sentence. */
  readonly requirement: string
  /** Section of docs/fidelity.md. */
  readonly section: string
  /** Origin: Wink's documentation of the endpoint (doc), its other documentation (wink), a standard, or this project (ours). */
  readonly source: string
}

/** The rules for requests to Wink's API, by name, in the order of CONTRACT §1. */
export const rules = {
  'http-message': {
    requirement: 'The request is HTTP/1.1, with a Host header.',
    section: '§4',
    source: 'RFC 9112',
  },
  'transfer-coding': {
    requirement: 'The transfer coding of the body is chunked alone, or there is none.',
    section: '§4',
    source: 'RFC 9112 §6.1',
  },
  'request-size': {
    requirement: 'The header fields have at most 16 KiB in all.',
    section: '§4',
    source: 'ours; RFC 6585 §5',
  },
  'request-time': {
    requirement: 'The whole request arrives within the time limit (--request-timeout).',
    section: '§4',
    source: 'ours; RFC 9110 §15.5.9',
  },
  'request-target': {
    requirement: 'The path can be decoded as UTF-8.',
    section: '§1',
    source: 'ours; RFC 3986 §2.1',
  },
  running: {
    requirement: 'The sandbox is not shutting down.',
    section: '§1',
    source: 'doc',
  },
  'access-token': {
    requirement:
      'There is one access token: well formed, known, as it was issued, not expired or revoked.',
    section: '§1 step 2, §2',
    source: 'doc; RFC 6750 §2.1',
  },
  path: {
    requirement: 'The path is one of the API.',
    section: '§1 step 3',
    source: 'doc; RFC 9110 §15.5.5',
  },
  method: {
    requirement: 'The method is one that the path has.',
    section: '§1 step 3',
    source: 'doc; RFC 9110 §15.5.6',
  },
  scope: {
    requirement: 'The token has the scope of the operation.',
    section: '§1 step 4',
    source: 'wink; RFC 6750 §3.1',
  },
  'media-type': {
    requirement: 'The body is application/json, in UTF-8.',
    section: '§1 step 5, §2',
    source: 'doc; RFC 9110 §15.5.16',
  },
  'wink-version': {
    requirement:
      'Wink-Version is 2.0, or left out unless the sandbox requires it (--wink-version).',
    section: '§1 step 6, §2',
    source: 'doc; wink; ours',
  },
  'body-size': {
    requirement: 'The body has at most 1 MiB.',
    section: '§1 step 7, §4',
    source: 'ours; RFC 9110 §15.5.14',
  },
  'body-json': {
    requirement: 'The body is JSON in UTF-8, and is complete.',
    section: '§1 step 7, §2',
    source: 'doc; RFC 8259',
  },
  'body-schema': {
    requirement: 'The body follows the schema of the operation.',
    section: '§1 step 7, §2',
    source: 'doc',
  },
  'managing-entity-exists': {
    requirement: 'The managing entity exists, where managing entities are configured.',
    section: '§1 step 8',
    source: 'doc; ours',
  },
  'managing-entity-managed': {
    requirement: 'The user of the token may manage the managing entity.',
    section: '§1 step 8',
    source: 'doc; ours',
  },
  'same-entity': {
    requirement: 'Path and body name the same managing entity.',
    section: '§1 step 8',
    source: 'ours',
  },
  'webhook-exists': {
    requirement: 'The managing entity of the path has a webhook with this id.',
    section: '§1 step 9, §6',
    source: 'wink; ours',
  },
  'if-match': {
    requirement: 'If-Match is a version, a list of versions, or left out.',
    section: '§1 step 9, §6',
    source: 'ours; RFC 9110 §13.1.1',
  },
  'current-version': {
    requirement: 'If-Match names the version that the webhook has now.',
    section: '§1 step 9, §6',
    source: 'wink',
  },
  'last-version': {
    requirement: 'The version of the webhook can be counted up: it is below 9007199254740990.',
    section: '§1 step 9, §6',
    source: 'ours',
  },
  capacity: {
    requirement: 'There is room for the webhook (--max-webhooks, --max-webhook-bytes).',
    section: '§1 step 9',
    source: 'ours',
  },
  'token-request': {
    requirement: 'A token or revocation request is a form that has each of its parameters once.',
    section: '§5',
    source: 'RFC 6749 §3.2',
  },
  client: {
    requirement: 'The client authenticates itself, by HTTP Basic or in the body.',
    section: '§5',
    source: 'wink; RFC 6749 §2.3.1',
  },
  'grant-type': {
    requirement: 'The grant type is client_credentials.',
    section: '§5',
    source: 'wink; RFC 6749 §4.4.2',
  },
  'token-scope': {
    requirement: 'The scopes that are asked for exist and are for this client.',
    section: '§5',
    source: 'wink; RFC 6749 §3.3',
  },
} as const satisfies Record<RuleName, RuleRow>
