import { testsIn, type Promises } from '../promises.ts'

const forms = testsIn('control/journal/export-lists.test.ts')
const exported = testsIn('control/journal/export.test.ts')

/** Tests of `docs/control-api.md`, on the forms in which requests can be taken away. */
export const exportPromises: Promises = {
  'Take them away': {
    '`?format=` gives': forms('every form of a list has the same filters, order and limit'),
    'In the body of `POST /__admin/requests/find`': forms(
      'every form of a list has the same filters, order and limit',
    ),
    'Secrets are in none': exported(
      'an archive is HAR 1.2, without secrets and without what is not HTTP',
      'a transcript is an .http file: requests with variables, answers as comments',
      'masked secrets are variables of the shell',
    ),
    '`har` (': exported('an archive is HAR 1.2, without secrets and without what is not HTTP'),
    '`comment` of an entry': exported(
      'an archive is HAR 1.2, without secrets and without what is not HTTP',
    ),
    'A request without an answer': exported(
      'an archive is HAR 1.2, without secrets and without what is not HTTP',
    ),
    '`http` (': exported(
      'a transcript is an .http file: requests with variables, answers as comments',
    ),
    'Variables such as `{{': exported(
      'a transcript is an .http file: requests with variables, answers as comments',
    ),
    'The answers are comments': exported(
      'a transcript is an .http file: requests with variables, answers as comments',
      'nothing that a request holds is run by the tools for .http files',
    ),
    'Requests that are not HTTP': exported(
      'an archive is HAR 1.2, without secrets and without what is not HTTP',
      'a transcript is an .http file: requests with variables, answers as comments',
    ),
    'Queries are in none': exported('a curl command sends the request again'),
    'URLs begin': exported('URLs are those by which the sandbox is reached'),
    '`GET /__admin/requests/{id}/curl`': exported('a curl command sends the request again'),
    '`$WINK_TOKEN` stands': exported('masked secrets are variables of the shell'),
    'Another secret': exported('masked secrets are variables of the shell'),
    'It is 409 if': exported('a request that curl cannot send again is 409, which says why'),
  },
}
