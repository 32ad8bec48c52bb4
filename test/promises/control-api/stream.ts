import { no, testsIn, type Promises } from '../promises.ts'

const stream = testsIn('control/stream/stream.test.ts')
const notices = testsIn('control/stream/notices.test.ts')

/** Tests of `docs/control-api.md`, its section on the stream. */
export const streamPromises: Promises = {
  Stream: {
    '`GET /__admin/stream` sends': stream(
      'a request is streamed as the journal shows it',
      'the stream ends at once when the sandbox closes, even if nobody reads',
    ),
    '`request` |': stream('a request is streamed as the journal shows it'),
    '`delivery` |': notices('a delivery is streamed whenever it changes'),
    '`change` |': notices('what the control changes is streamed, from the library too'),
    '`gap` |': stream(
      'a slow reader gets a gap in place of what the journal had no room for',
      'a stream that cannot go on has a gap, and then all that the journal holds',
    ),
    'Ignore events with': no('advice'),
    '`managingEntityIdentifier` selects': stream(
      'a stream is of one managing entity, if the query names one',
    ),
    '`since` begins': stream('since begins with what the journal holds'),
    'Without it, the stream': stream('a request is streamed as the journal shows it'),
    'A reader that is behind': notices('a reader that is behind gets each delivery once'),
    'Requests, deliveries and changes': no('a limit of the promise'),
    '`Last-Event-ID` goes on': stream(
      'Last-Event-ID goes on behind its event, and comes before since',
    ),
    'If the journal does not hold': stream(
      'a stream that cannot go on has a gap, and then all that the journal holds',
    ),
    'An `id` is opaque': no('advice'),
    '`retry` is 1,000': stream('a stream begins with the time after which a client connects again'),
    'Every 15 seconds': stream('a comment shows every 15 seconds that a stream lives'),
    'A client that reads slowly': stream(
      'a slow reader that reads at last loses nothing that the journal holds',
    ),
    'Those for which the journal': stream(
      'a slow reader gets a gap in place of what the journal had no room for',
    ),
    'A client that reads nothing': stream('a client that reads nothing is disconnected'),
    'The stream ends as soon': stream(
      'the stream ends at once when the sandbox closes, even if nobody reads',
    ),
    'There can be 100': stream(
      'there are 100 streams at most; one that its client ends makes room',
    ),
    'It is 409 too': stream('what cannot be streamed is refused'),
    '`EventSource` of browsers': stream('the admin token opens a stream, and nothing else does'),
  },
}
