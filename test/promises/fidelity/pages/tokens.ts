import { no, testsIn, type Promises } from '../../promises.ts'

const publicUrl = testsIn('docs/public-url.test.ts')
const contentCoding = testsIn('http/content-coding.test.ts')
const nearMisses = testsIn('wink/near-misses.test.ts')
const clientAuthentication = testsIn('wink/oauth/client-authentication.test.ts')
const issuedTokens = testsIn('wink/oauth/issued-tokens.test.ts')
const revocation = testsIn('wink/oauth/revocation.test.ts')
const tokenEndpoint = testsIn('wink/oauth/token-endpoint.test.ts')
const tokenFaults = testsIn('wink/oauth/token-faults.test.ts')
const tokenKeys = testsIn('wink/oauth/token-keys.test.ts')
const tokenOrder = testsIn('wink/oauth/token-order.test.ts')
const operations = testsIn('wink/operations.test.ts')
const clients = 'accepted clients (RFC 6749 §2.3.1)'
const refusedClients = 'reports F7: refused clients, each 401 with a challenge (RFC 6749 §5.2)'
const requestForms = 'valid token requests'
const tokenErrors = 'refused token requests are OAuth errors (RFC 6749 §5.2)'
const ofClient = 'a client has its configured rights (CONTRACT §5)'
const lifeByClock =
  'the validity of an issued token follows the clock of the sandbox (RFC 7519 §4.1.4, §4.1.5)'
const altered = 'an altered token is 401, in every mode (RFC 6750 §3.1; RFC 7515 §5.2)'
const others = 'tokens of other issuers: opaque by default, unknown if tokens are configured'
const entities = 'a token manages the entities of its client (CONTRACT §4, 403)'

/** Promises of docs/fidelity/tokens.md. */
export const tokensPage: Promises = {
  'Tokens: reasons and border cases': { 'The rules are in fidelity.md.': no('link') },
  Scopes: {
    'Wink documents 30 scopes': no('source'),
    'Only the three of `account` open anything': operations(
      '… (CONTRACT §1, §6) > a token without the scope',
    ),
    'A guide puts notification endpoints': no('source'),
    'The token has the scopes that were asked for': tokenEndpoint(
      `${requestForms} > scopes, one twice`,
    ),
    'Without `scope` it has all': clientAuthentication(`${ofClient} > body: { scope: '' }`),
    'A client without configured `scopes`': clientAuthentication(
      'without configured clients any id and secret works (CONTRACT §5)',
    ),
    "A scope that is unknown or not the client's": [
      ...clientAuthentication(ofClient),
      ...tokenEndpoint(`${tokenErrors} > an unknown scope`),
    ],
    'A blank too many and a comma': contentCoding(
      'reports D8: a blank too many in scope is invalid_scope, and named (RFC 6749 §3.3)',
    ),
  },
  'Token requests': {
    'The form is `application/x-www-form-urlencoded`': tokenEndpoint(
      `${requestForms} > a charset`,
      `${tokenErrors} > another charset`,
    ),
    'A parameter without a value': tokenEndpoint(`${requestForms} > empty, and then not`),
    'Unknown parameters are ignored': tokenEndpoint(
      `${requestForms} > unknown parameters, one twice`,
    ),
    'Parameters in the query do not count.': tokenEndpoint(
      `${requestForms} > parameters in the query do not count`,
    ),
    'A known parameter that comes twice': tokenEndpoint(`${tokenErrors} > the grant type twice`),
  },
  Clients: {
    'With HTTP Basic, id and secret': clientAuthentication(
      `${clients} > id and secret are form-urlencoded inside`,
      `${clients} > in the body`,
    ),
    'Both ways at once': clientAuthentication(`${refusedClients} > both ways at once`),
    'A `client_id` beside HTTP Basic': clientAuthentication(
      `${clients} > the same client_id in the body beside HTTP Basic`,
      `${refusedClients} > another client_id in the body`,
    ),
    'An `Authorization` of another scheme': clientAuthentication(
      `${clients} > beside an Authorization that is not Basic`,
      `${refusedClients} > another scheme, no secret`,
    ),
    'Missing, unknown and unusable credentials': clientAuthentication(refusedClients),
    'Every 401 below `/oauth2` has': [
      ...clientAuthentication(refusedClients),
      ...tokenFaults(
        'reports F7: a scripted 401 has its challenge, whatever its body (RFC 9110 §15.5.2)',
      ),
    ],
    'A wrong secret and an unknown client': clientAuthentication(
      'a wrong secret and an unknown client look alike',
    ),
  },
  Errors: {
    'An error is `application/json`': tokenEndpoint(tokenErrors),
    '405 and 413 are `invalid_request`': [
      ...tokenEndpoint(
        'other verbs are 405 with Allow (RFC 9110 §15.5.6)',
        `${tokenErrors} > a body that is too large`,
        'an unexpected failure is server_error, without details',
      ),
      ...tokenFaults(
        'faults answer below /oauth2 as refusals do: OAuth errors (RFC 6749 §5.2) > status: 503',
      ),
    ],
    'An unknown path below `/oauth2`': [
      ...nearMisses('the OAuth error of an unknown path says why too (RFC 6749 §5.2)'),
      ...tokenFaults(
        'faults answer below /oauth2 as refusals do: OAuth errors (RFC 6749 §5.2) > status: 429',
        'unknown paths and the keys answer the same',
      ),
    ],
    'Three kinds of refusals stay problem details': tokenOrder(
      'some refusals below /oauth2 stay problem details (docs/fidelity.md §5)',
    ),
  },
  'The token': {
    'It is signed with RS256': tokenKeys(
      'GET /oauth2/jwks has the key that verifies tokens (RFC 7517) > 2048 bits',
    ),
    'Its header has `kid`, `typ`': tokenEndpoint(
      'POST /oauth2/token answers a token (RFC 6749 §5.1, §4.4.3)',
    ),
    '`typ` is `JWT`': tokenEndpoint('POST /oauth2/token answers a token (RFC 6749 §5.1, §4.4.3)'),
    'Its claims are `iss`, `sub`': tokenEndpoint(
      'POST /oauth2/token answers a token (RFC 6749 §5.1, §4.4.3)',
    ),
    '`sub` is the client': [
      ...issuedTokens(`${entities} > its configured user`),
      ...tokenEndpoint(
        'POST /oauth2/token answers a token (RFC 6749 §5.1, §4.4.3) > uuidgen --sha1',
      ),
    ],
    "Wink's tokens live 3 hours": no('source'),
    'Instants are whole seconds': issuedTokens('times in a token are whole seconds, rounded down'),
    'There is no clock skew': issuedTokens(lifeByClock),
    '`iss` is `http://` and the `Host`': publicUrl(
      'addresses are those of Host, or of publicUrl (CONTRACT §5; RFC 8414 §3.3)',
    ),
    'The sandbox does not check `iss`': publicUrl(
      'a token is accepted under whatever name the sandbox is reached',
    ),
  },
  Verification: {
    "A token whose header has the sandbox's `kid`": [
      ...issuedTokens(altered, lifeByClock, 'a valid signature with unexpected claims is 401'),
      ...revocation('a revoked token is 401 (RFC 7009 §2)'),
    ],
    'A token that fails this check is 401.': issuedTokens(altered),
    'Its scopes are those that were granted.': issuedTokens(
      'a token has the granted scopes (CONTRACT §1 step 4)',
    ),
    'Its managing entities are those': issuedTokens(entities),
    'A token whose client is no longer configured': issuedTokens(
      `${entities} > the client is gone`,
    ),
    'Any other token, a JWT of another issuer': issuedTokens(others),
    'It is unknown (401) if `tokens`': issuedTokens(others),
  },
  Revocation: {
    'Unknown tokens and those of another client': revocation(
      'tokens that a revocation ignores (RFC 7009 §2.1, §2.2)',
    ),
    '`token_type_hint` is ignored.': revocation(
      'a revoked token is 401 (RFC 7009 §2) > token_type_hint',
    ),
    'The sandbox remembers 10,000 revocations': [
      ...tokenOrder('10,000 revocations are remembered'),
      ...revocation('the number of revocations is limited'),
    ],
    'A whole reset and an import forget them': revocation(
      'a whole reset and an import forget revocations',
    ),
  },
  'Keys and metadata': {
    'Every sandbox signs with the same test key': tokenKeys(
      'every sandbox has the same key: tokens of one are valid in another (CONTRACT §5)',
    ),
    '`kid` is a UUID': tokenOrder('kid is a UUID'),
    'If the public URL has a path': publicUrl(
      'reports F6: where publicUrl has a path, the metadata are there too (RFC 8414 §3.1)',
    ),
    'There is no `openid-configuration`': tokenOrder(
      'below /.well-known nothing is faulted or journaled, and OpenID is not there',
    ),
    'Paths below `/.well-known` are neither': tokenOrder(
      'below /.well-known nothing is faulted or journaled, and OpenID is not there',
    ),
  },
}
