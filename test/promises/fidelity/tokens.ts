import { no, testsIn, type Promises } from '../promises.ts'

const bearer = testsIn('wink/auth/bearer.test.ts')
const clientAuthentication = testsIn('wink/oauth/client-authentication.test.ts')
const issuedTokens = testsIn('wink/oauth/issued-tokens.test.ts')
const revocation = testsIn('wink/oauth/revocation.test.ts')
const tokenEndpoint = testsIn('wink/oauth/token-endpoint.test.ts')
const tokenKeys = testsIn('wink/oauth/token-keys.test.ts')
const tokenOrder = testsIn('wink/oauth/token-order.test.ts')
const operations = testsIn('wink/operations.test.ts')
const webhookCreate = testsIn('wink/webhooks/webhook-create.test.ts')
const accepted = 'accepted Authorization headers (CONTRACT §2; RFC 6750 §2.1)'
const clients = 'accepted clients (RFC 6749 §2.3.1)'
const requestForms = 'valid token requests'
const tokenErrors = 'refused token requests are OAuth errors (RFC 6749 §5.2)'
const lifeByClock =
  'the validity of an issued token follows the clock of the sandbox (RFC 7519 §4.1.4, §4.1.5)'
const altered = 'an altered token is 401, in every mode (RFC 6750 §3.1; RFC 7515 §5.2)'
const others = 'tokens of other issuers: opaque by default, unknown if tokens are configured'
const answered = 'POST /oauth2/token answers a token (RFC 6749 §5.1, §4.4.3)'

/** Promises of docs/fidelity.md, 5. Tokens (ours, with Wink's scopes) and Issued tokens. */
export const tokensPromises: Promises = {
  "5. Tokens (ours, with Wink's scopes)": {
    'A sandbox must work with whatever token': no('reason'),
    'any well-formed token |': [
      ...bearer(accepted),
      ...issuedTokens(
        `${others} > whatever its claims say`,
        'an issued token is accepted in every mode (CONTRACT §5)',
      ),
    ],
    'claims of a JWT of another issuer |': [
      ...issuedTokens(others),
      ...webhookCreate('userIdentifier (CONTRACT §3)'),
    ],
    'configured `tokens`, even an empty list': [
      ...bearer(
        'configured tokens (CONTRACT §5) > any other token',
        'an empty list accepts no token',
      ),
      ...issuedTokens('an issued token is accepted in every mode (CONTRACT §5)'),
    ],
    'configured `clients` |': issuedTokens(
      'an issued token is accepted in every mode (CONTRACT §5) > with configured clients',
    ),
    '`expiresAt` of a configured token': bearer(
      'configured tokens (CONTRACT §5) > expired at this instant',
      'configured tokens (CONTRACT §5) > not yet expired',
    ),
    'scopes |': operations('… (CONTRACT §1, §6) > a token without the scope'),
  },
  'Issued tokens': {
    'Wink authenticates by OAuth 2.0': no('source'),
    'The rest follows RFC 6749': no('source'),
    'The token endpoint has the details.': no('link'),
    '`POST /oauth2/token` |': tokenEndpoint(
      `${requestForms} > a scope`,
      `${tokenErrors} > another grant type`,
    ),
    'order of checks |': tokenOrder('the order of checks of a token request (docs/fidelity.md §5)'),
    'client |': clientAuthentication(`${clients} > by HTTP Basic`, `${clients} > in the body`),
    'without `clients` |': [
      ...clientAuthentication('without configured clients any id and secret works (CONTRACT §5)'),
      ...tokenEndpoint(answered),
    ],
    '`scope` |': tokenEndpoint(`${requestForms} > a scope`, `${tokenErrors} > an unknown scope`),
    'errors |': tokenEndpoint(tokenErrors),
    'token |': [
      ...tokenKeys('GET /oauth2/jwks has the key that verifies tokens (RFC 7517) > 2048 bits'),
      ...issuedTokens(altered, lifeByClock, 'a valid signature with unexpected claims is 401'),
    ],
    '`expires_in` |': tokenEndpoint(
      answered,
      `${answered} > expires_in: 10_800`,
      'the option sets the lifetime of tokens',
    ),
    'refresh token |': tokenEndpoint(answered),
    '`POST /oauth2/revoke` |': revocation(
      'a revoked token is 401 (RFC 7009 §2)',
      'tokens that a revocation ignores (RFC 7009 §2.1, §2.2)',
    ),
    'keys and metadata |': tokenKeys(
      'GET /oauth2/jwks has the key that verifies tokens (RFC 7517)',
      'GET /.well-known/oauth-authorization-server (RFC 8414 §3)',
    ),
  },
}
