import { testsIn, type Promises } from '../promises.ts'

const connect = testsIn('client/connect.test.ts')
const suite = testsIn('client/one-suite.test.ts')

/** Tests of the section of `docs/control-api.md` on the client. */
export const clientPromises: Promises = {
  'A client': {
    '`wink-webhook-mock/client` steers': connect(
      'the admin token is sent, and none where none is given',
    ),
    'It has the operations': suite(
      'the client has the methods of the library, each giving a promise',
    ),
    'It contains no server': testsIn('package/client.test.ts')(
      'the shipped client: no server, under 15 kB, no module of Node.js',
    ),
    'A refusal is an `ApiError`': [
      ...testsIn('client/refusals.test.ts')(
        '…: a refusal is the same ApiError in process and over HTTP',
      ),
      ...connect('errors are instances of the ApiError of the client'),
    ],
    'For data that a sandbox': connect('data that a sandbox cannot hold are an ApiError'),
    'A wait takes': suite('a wait ends with its AbortSignal'),
    'If no sandbox answers': connect(
      'what is no sandbox is refused, with the URL that was asked',
      'a sandbox that goes away later',
    ),
    '`connectSandbox` asks': connect(
      'a sandbox of another major version is refused in one sentence',
    ),
    'Before 1.0.0': connect(
      'before 1.0.0, a minor version counts as a major one',
      'a sandbox of another major version is refused in one sentence',
    ),
    'A test that awaits': suite(
      'faults are armed, shown and removed',
      'the journal is searched, counted, awaited and cleared',
      'state, webhooks, ambiguities and reset',
      'the settings are listed',
    ),
  },
}
