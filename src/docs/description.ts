import type { OpenAPIV3_1 } from 'openapi-types'
import type { WebhookScope } from '../wink/auth/scopes.ts'

/** The texts of a document other than its operations. */
export interface Description {
  readonly title: string
  readonly text: string
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  /** The ways to authenticate; `baseUrl` is the one that the document is fetched from. */
  readonly securitySchemes: (baseUrl: string) => Record<string, OpenAPIV3_1.SecuritySchemeObject>
  /** The security requirement of operations that have no scope and declare none themselves. */
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
}

const scopes = {
  'account.read': 'Show and list webhooks.',
  'account.write': 'Create and update webhooks.',
  'account.remove': 'Delete webhooks.',
} satisfies Record<WebhookScope, string>

/** The document of Wink's API: `GET /openapi.json`. */
export const apiDescription: Description = {
  title: 'Wink webhooks (sandbox)',
  text: [
    'Webhook subscriptions of the Wink travel platform, as wink-webhook-mock imitates them.',
    'The operations and their rules are those of Wink; errors are problem details (RFC 9457), and OAuth errors below `/oauth2`.',
    'Every answer below `/api` and `/oauth2` carries `X-Wink-Mock-Request-Id`, by which the journal of the sandbox knows it.',
    '`Prefer: code=<status>` gets any request below these the refusal of that status: 400, 401, 403, 404, 405, 409, 415, 500 or 503.',
  ].join('\n\n'),
  tags: [
    { name: 'Webhook', description: 'The webhook subscriptions of a managing entity.' },
    { name: 'Tokens', description: 'Access tokens by OAuth 2.0 client credentials.' },
  ],
  securitySchemes: (baseUrl) => ({
    bearer: {
      type: 'http',
      scheme: 'bearer',
      description: 'A token that you have. By default any well-formed one will do.',
    },
    oauth2ClientCredentials: {
      type: 'oauth2',
      description: 'Client credentials. By default any client id and secret will do.',
      flows: { clientCredentials: { tokenUrl: `${baseUrl}/oauth2/token`, scopes } },
    },
    client: {
      type: 'http',
      scheme: 'basic',
      description: 'Id and secret of the client, where they are not in the body.',
    },
  }),
  security: [],
}

/** The document of the control API: `GET /__admin/openapi.json`. */
export const controlDescription: Description = {
  title: 'wink-webhook-mock control API',
  text: 'How a test steers the sandbox: faults, the journal of requests, events to receivers, what is stored, the clock. Errors are problem details (RFC 9457).',
  tags: [
    { name: 'Faults', description: 'Answers, delays and broken connections on request.' },
    { name: 'Requests', description: 'The journal: what was asked, what was answered, and why.' },
    { name: 'Events', description: 'Events on their way to the receivers of webhooks.' },
    { name: 'State', description: 'Webhooks, tenants, the clock, and all of it at once.' },
    { name: 'Sandbox', description: 'The sandbox itself.' },
  ],
  securitySchemes: () => ({
    admin: {
      type: 'http',
      scheme: 'bearer',
      description: 'The admin token, where the sandbox was started with one.',
    },
  }),
  security: [{}, { admin: [] }],
}
