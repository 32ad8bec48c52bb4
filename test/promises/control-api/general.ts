import { no, testsIn, type Promises } from '../promises.ts'

const access = testsIn('control/access.test.ts')
const address = testsIn('base/own-address.test.ts')
const faults = testsIn('control/faults/faults.test.ts')
const given = testsIn('control/given-values.test.ts')
const input = testsIn('control/input.test.ts')
const journal = testsIn('control/journal/journal.test.ts')
const https = testsIn('http/https.test.ts')
const cors = testsIn('http/cors.test.ts')
const operations = testsIn('control/control-operations.test.ts')
const rules = testsIn('control/faults/fault-rule.test.ts')
const texts = testsIn('wink/webhooks/text-causes.test.ts')

/** Tests of `docs/control-api.md`, up to its operations. */
export const general: Promises = {
  'The control API': {
    'A test steers': [
      ...operations('what startSandbox returns has what app.control has'),
      ...testsIn('control/faults/faults.test.ts')(
        'a sandbox that listens is steered over HTTP and by its own methods alike',
      ),
      ...testsIn('control/control-api-doc.test.ts')(
        'docs/control-api.md names what the library has, and nothing else',
      ),
    ],
  },
  Bodies: {
    'A request body is JSON': access('bodies are JSON'),
    'A body whose members are all optional': operations(
      'docs/control-api.md: … … answers …',
      'a body may be left out, unless a member of it is required',
    ),
    '`PUT /__admin/state` needs one': testsIn('control/state/state.test.ts')(
      'an import without a body is refused, and one of {} empties',
    ),
    'An empty body counts as no body': access(
      'an empty body is no body, whatever its media type says',
    ),
    'An optional member that is `null`': input(
      'reports D11: an optional member that is null is left out, at every level',
    ),
    '`null` keeps its meaning': input(
      'reports D11: an optional member that is null is left out, at every level > null means something there',
      'reports D11: an optional member that is null is left out, at every level > null: without an answer',
    ),
    'A required member may not be `null`': [
      ...input(
        'reports D11: an optional member that is null is left out, at every level > effect: null',
      ),
      ...operations('a body may not be null'),
    ],
  },
  Errors: {
    'Every error is a problem document': [
      ...access(
        'unknown paths and methods of the control API are problems (CONTRACT §4)',
        'bodies are JSON',
      ),
      ...testsIn('docs/openapi.test.ts')(
        'refusals are problem details, those below /oauth2 are not',
      ),
    ],
    'The sandbox refuses unknown members': input(
      'contradictions: what is not understood is refused, for all of it',
    ),
    '`GET /__admin/health` does so too': input(
      'contradictions: GET /__admin/health takes neither a parameter nor a body',
    ),
    'A refused request changes nothing': [
      ...access('nothing is ignored: no body and no parameter where none is asked for'),
      ...testsIn('control/reset/reset.test.ts')(
        'what a reset does not know is refused, and nothing is reset',
      ),
      ...testsIn('control/clock/clock.test.ts')(
        'what is no setting is refused with its pointer, and the clock stays',
      ),
      ...testsIn('control/state/state.test.ts')('a bad document changes nothing'),
    ],
    'Over HTTP the refusal is a 400': rules(
      'a rule that makes no sense is refused, and says where',
    ),
    'The library throws an `ApiError`': rules(
      'a rule that makes no sense is refused, and says where > the library says the same',
    ),
    'A document of data that a sandbox cannot hold': [
      ...given("attacks 25: … refuses … > taker === 'state.import' ? 'DataError' : 'ApiError'"),
      ...testsIn('control/state/state.test.ts')('a bad document changes nothing > DataError'),
      ...testsIn('wink/data.test.ts')('invalid data are refused with place and reason'),
    ],
    'The library copies its arguments': given(
      'attacks 25: … refuses …',
      'attacks 25: a getter is read once: what was checked is what acts',
    ),
    'Members of a prototype do not count': given(
      'attacks 25: members of a prototype do not count',
      'attacks 25: a getter is read once: what was checked is what acts',
      'attacks 25: … refuses …',
    ),
    'A fault, a request or a delivery that does not exist': [
      ...testsIn('control/deliveries/deliveries.test.ts')(
        'deliveries are listed and shown, all or those that a filter selects',
      ),
      ...testsIn('control/faults/faults.test.ts')(
        '…: one rule is removed by its id, and acts no longer',
      ),
      ...testsIn('control/journal/journal.test.ts')(
        'a request that the journal does not hold is 404',
      ),
    ],
  },
  Parameters: {
    'A filter of the library': operations(
      'a query with parameters of a filter is the filter of the library',
    ),
    '`managingEntityIdentifier` selects': operations(
      'a query with parameters of a filter is the filter of the library',
    ),
    '`+` in a query': texts('reports D6: a + in a query that meant %2B (CONTRACT §4)'),
    'A bare `+` is refused': texts('reports D6: a + in a query that meant %2B (CONTRACT §4)'),
  },
  Access: {
    'With `--admin-token` (`adminToken`), a request': access(
      '--admin-token protects the control API, and not the health check',
    ),
    '`GET /__admin/health` and the library': [
      ...access('--admin-token protects the control API, and not the health check'),
      ...operations('the library needs no admin token'),
    ],
    'A request from a web page is 403': access('no page in a browser drives the sandbox'),
    '`GET /__admin/health` answers web pages': operations(
      'the health check answers web pages, and under every name',
    ),
    "The sandbox's own origins": [
      ...address("reports F5: pages of the public URL are the sandbox's own"),
      ...https('its own page may drive it'),
    ],
    'The console and `/reference` therefore need': address(
      "reports F5: pages of the public URL are the sandbox's own > as many a proxy says",
    ),
    'No answer of the control API has CORS': [
      ...operations('no answer of the control API has CORS headers'),
      ...cors('no page may call the control API, whatever the origins'),
    ],
    'The files of the console': testsIn('control/console.test.ts')(
      'the files need no admin token, the data do',
    ),
    'The console asks for it': no('tested in a browser, test/console/access.browser.ts'),
    'Without `--admin-token`, `Host` must be': address(
      'a server on loopback is called by a name of loopback (DNS rebinding)',
      'attacks (rebinding): on other addresses, by a name that no stranger can point here',
    ),
    'A sandbox on a loopback address': address(
      'a server on loopback is called by a name of loopback (DNS rebinding)',
    ),
    'A sandbox on another address': address(
      'attacks (rebinding): on other addresses, by a name that no stranger can point here',
    ),
    'Both take the host of `--public-url`': address(
      'reports F8: the control API may be called by the host of --public-url',
    ),
    'For another name': address(
      'attacks (rebinding): on other addresses, by a name that no stranger can point here > host.docker.internal',
      'reports F8: the control API may be called by the host of --public-url',
      'attacks (rebinding): --admin-token lets it be called by any name',
    ),
    'With `--admin-token`, any `Host`': address(
      'attacks (rebinding): --admin-token lets it be called by any name',
    ),
    '`GET /__admin/health`, the API and': [
      ...address(
        'a server on loopback is called by a name of loopback (DNS rebinding)',
        'attacks (rebinding): on other addresses, by a name that no stranger can point here',
      ),
      ...operations('the health check answers web pages, and under every name'),
    ],
  },
  Operations: {
    'Requests to the control API': operations(
      'every request to the control API stays out of the journal and of faults',
    ),
    'HEAD works where GET does': operations('HEAD works where GET does, in the control API'),
    '`POST…': [
      ...operations('docs/control-api.md: … … answers …'),
      ...faults('…: a rule is armed with its defaults, and shown'),
      ...journal('a filter finds what all of it is true of: …'),
      ...testsIn('control/journal/wait.test.ts')(
        'a wait whose time is up says what was seen instead: 408',
      ),
      ...testsIn('control/reset/reset.test.ts')(
        'POST /__admin/reset goes back to the start, in whole or in part',
      ),
      ...testsIn('control/tenants/tenants.test.ts')('POST /__admin/tenants'),
    ],
    '`GET…': [
      ...operations(
        'docs/control-api.md: … … answers …',
        'the document of the control API is OpenAPI 3.1',
      ),
      ...faults('…: a rule is armed with its defaults, and shown'),
      ...journal(
        'a filter finds what all of it is true of: …',
        'the entry that an answer names can be looked up at once',
      ),
      ...testsIn('control/state/state.test.ts')(
        'GET /__admin/webhooks shows what is stored, of all or of one entity',
        'state goes out and comes in again in the form of a data file',
      ),
      ...testsIn('wink/switches/ambiguities.test.ts')(
        'GET /__admin/ambiguities lists every switch, without a token',
      ),
      ...testsIn('control/settings/settings.test.ts')(
        'GET /__admin/settings of the program lists all that docs/settings.md has',
      ),
      ...testsIn('wink/paths.test.ts')('GET /__admin/health needs no token'),
    ],
    '`PUT…': [
      ...operations('docs/control-api.md: … … answers …'),
      ...testsIn('control/state/state.test.ts')(
        'state goes out and comes in again in the form of a data file',
      ),
      ...testsIn('control/clock/clock.test.ts')(
        'GET and PUT /__admin/clock: system, frozen, offset; timestamps follow',
      ),
    ],
    '`DELETE…': [
      ...operations('docs/control-api.md: … … answers …'),
      ...faults(
        '…: one rule is removed by its id, and acts no longer',
        '…: rules are listed and removed by the entity that their match names',
      ),
      ...journal('a filter finds what all of it is true of: …'),
    ],
  },
}
