import { no, testsIn, type Promises } from '../promises.ts'

const attempts = testsIn('control/deliveries/attempt.test.ts')
const checks = testsIn('control/deliveries/trigger-checks.test.ts')
const connections = testsIn('control/deliveries/connections.test.ts')
const deliveries = testsIn('control/deliveries/deliveries.test.ts')
const end = testsIn('control/deliveries/delivery-end.test.ts')
const schedule = testsIn('control/deliveries/schedule.test.ts')
const trigger = testsIn('control/deliveries/trigger.test.ts')
const memory = testsIn('control/deliveries/memory.test.ts')
const places = testsIn('control/deliveries/places.test.ts')
const answers = testsIn('control/deliveries/answers.test.ts')
const access = testsIn('control/access.test.ts')
const verdict = testsIn('control/deliveries/verdict.test.ts')
const wait = testsIn('control/deliveries/delivery-wait.test.ts')
const settings = testsIn('cli/config.test.ts')(
  'settings: a flag, then its variable, then the usual variable, then the default',
)

const found = verdict(
  'each kind of attempt has its finding',
  'an answer that begins after more than a second is slow',
  'a copy that is answered otherwise than the first',
  'a delivery that is sent again and answered otherwise than its success',
  'bytes behind the end of an answer are a hint',
)
const envelope = trigger(
  'an event is one POST with the envelope, its members in order (CONTRACT §7)',
)
const refused = checks('an event that cannot be is refused, and says where')
const catalogue = checks(
  'a type outside Wink’s catalogue is accepted with a hint, or refused (switch)',
)
const given = trigger('an event has the id that the test gives, and times by the switch timestamps')
const raw = trigger('a body of the test’s own goes out as it is given (CONTRACT §7)')
const subscribers = trigger(
  'an event goes to each webhook that is enabled and subscribes to it (CONTRACT §7)',
)
const one = trigger('an event goes to one webhook, of whichever managing entity owns it')
const none = trigger('without webhooks the list is empty, and a hint says what to do')
const answered = trigger(
  'the answer comes at once, or with waitMs when all have ended or the time is up',
)
const repeated = schedule('failures are repeated with the same bytes and the same id (CONTRACT §7)')
const failed = schedule('behind the last attempt the delivery has failed (CONTRACT §7)')
const copies = schedule('copies are deliveries of the same event, one after another')
const signed = schedule('on request each attempt is signed by Standard Webhooks (CONTRACT §7)')
const silent = schedule('a receiver that is silent has the delivery timeout')
const receivers = schedule(
  'the receiver is that of the trigger, then of the tenant, then of the sandbox',
)
const nowhere = deliveries(
  'without a receiver nothing is sent, and the delivery says how to name one (CONTRACT §7)',
)
const listed = deliveries('deliveries are listed and shown, all or those that a filter selects')
const again = deliveries(
  'a delivery that has ended is sent again: same bytes, same id, next number',
)
const forgotten = deliveries('deliveries are forgotten, all or those that a filter selects')
const reset = end('a reset cancels what is pending, and forgets the deliveries')
const closed = end('the end of the sandbox cancels what is pending; nothing is sent any more')
const room = end('no more deliveries are taken than can be kept beside those that are pending')
const timeout = wait('a wait whose time is up says what came instead: 408')
const met = wait('a wait is met by deliveries that have ended, whatever their state')
const ends = wait('a wait ends with its signal, its connection and the sandbox')

/** Tests of the section of `docs/control-api.md` on events. */
export const deliveryPromises: Promises = {
  Events: {
    'The sandbox sends an event': envelope,
    'The rules and their sources': no('reference'),
    '`type` |': [...envelope, ...catalogue],
    '`managingEntityIdentifier` |': [...subscribers, ...refused],
    '`webhookId` |': one,
    '`id` |': given,
    '`object` |': trigger('what an event is about is any JSON, and {} where it is left out'),
    '`raw` |': raw,
    '`contentType` |': raw,
    '`headers` |': trigger('header fields of the test’s own go to the receiver'),
    '`deliverTo` |': receivers,
    '`retryDelaysMs` |': [...failed, ...refused],
    '`copies` |': copies,
    '`sign` |': signed,
    '`waitMs` |': answered,
    'The answer is 202': answered,
    'With `waitMs` it is 200': [...answered, ...envelope],
    '`deliveries` has one delivery': [...subscribers, ...copies, ...catalogue],
    'If there are more than 100': places(
      'of more than 100 deliveries the others are ids and states',
    ),
    'An event that is refused': places('an event that is refused sends nothing'),
    'The body of an event has at most': refused,
    'If the sandbox closes during the wait': wait(
      'a trigger that waits ends with the sandbox: 503',
    ),
    'A managing entity without webhooks': [...none, ...one],
    'Header fields of the sandbox': refused,
  },
  Receivers: {
    '`deliverTo` is a base URL': receivers,
    'A path of the base URL': receivers,
    'That of the trigger': receivers,
    'Without any': nowhere,
    'Each attempt has': attempts(
      'an attempt is a POST of the given bytes on a connection of its own',
    ),
    'It follows no redirect': attempts(
      'a redirect is not followed',
      'an attempt is a POST of the given bytes on a connection of its own',
    ),
    'Link-local addresses': connections(
      'link-local and metadata addresses are refused in every notation',
      'a name is checked by the address that is connected to',
    ),
    '`localhost` and the names': connections(
      'localhost and the names below it are this machine (RFC 6761 §6.3)',
    ),
    'The control API refuses': access('no event that a sandbox delivers drives a sandbox'),
    'TLS certificates': connections('a certificate is verified, unless the settings say not to'),
  },
  Deliveries: {
    '`pending` |': answered,
    '`delivered` |': repeated,
    '`failed` |': failed,
    '`skipped` |': [...subscribers, ...nowhere],
    '`cancelled` |': [...reset, ...forgotten, ...closed],
    '`url` is where': envelope,
    '`headers` and `body` are': envelope,
    'Each of `attempts`': [
      ...repeated,
      ...schedule('what keeps an attempt from an answer is told in words'),
    ],
    '`sent` of an attempt': signed,
    'Of the header fields': answers('of the head of an answer 50 fields and 4 KiB are kept'),
    '`headersTruncated` and': answers(
      'of the head of an answer 50 fields and 4 KiB are kept',
      'of an endless answer 16 KiB are read, and the connection ends',
    ),
    'An attempt ends': silent,
    '`time` follows': [...envelope, ...signed],
    'Secrets are masked': deliveries('secrets of a delivery are masked as in the journal'),
    'The path of a URL': deliveries('secrets of a delivery are masked as in the journal'),
    'A pause before an attempt': places('a pause before an attempt holds no place'),
    '100 deliveries': [
      ...places('managing entities take turns at the places'),
      ...end('100 deliveries are under way at a time, and others wait for their turn'),
    ],
    '10,000 deliveries': end(
      '10,000 deliveries are kept: the oldest that has ended goes first',
      'the memory of deliveries is limited: the oldest go out',
    ),
    'The managing entity that holds most': memory('the managing entity that holds most makes room'),
    'If that is not enough': memory(
      'deliveries that are pending lose their answers, older ones first',
    ),
    'Of one managing entity': memory('of one managing entity, half of what is kept may be pending'),
    'An event is 409': [
      ...room,
      ...places('an event for more webhooks than can be pending says to name one'),
    ],
    '`POST /__admin/deliveries/{id}/redeliver`': again,
    'With `{ "waitMs"': deliveries('a redelivery can be awaited'),
    'It is 409 for one': [
      ...again,
      ...end('a delivery is sent again until it has had 100 attempts'),
    ],
    '`DELETE /__admin/deliveries`': forgotten,
    'A filter has': listed,
    'The state export': deliveries('the export of the state has no deliveries'),
  },
  Verdict: {
    '`verdict` says': verdict('the verdict says nothing of what was not seen'),
    'Each finding has': envelope,
    '`answered…': found,
    '`closed-without-answer`': found,
  },
  'Wait for deliveries': {
    'The body is a filter': [...met, ...wait('a wait that cannot be is refused')],
    'Without `state`': met,
    'The wait ends as soon': [...met, ...wait('a wait is met as soon as there are enough')],
    'After `timeoutMs`': timeout,
    '`detail` names': timeout,
    'It ends when': ends,
  },
}

/** Promises of docs/fidelity.md, 7. Events. */
export const eventPromises: Promises = {
  '7. Events': {
    'The sandbox delivers an event': [...envelope, ...nowhere],
    'How is in': no('reference'),
    'webhooks |': subscribers,
    'request |': envelope,
    'body |': envelope,
    '`createdDate`, `lastUpdate` |': given,
    '`object` |': trigger('what an event is about is any JSON, and {} where it is left out'),
    "a body of the test's own |": raw,
    'header fields |': [...envelope, ...repeated],
    'signature |': [...envelope, ...signed],
    'success |': found,
    'failure |': [...failed, ...silent, ...found],
    'end of an answer |': answers(
      'of an endless answer 16 KiB are read, and the connection ends',
      'bytes behind the end of an answer are noted, and no failure',
    ),
    'repetition |': [...repeated, ...failed, ...settings],
    'receiver |': receivers,
  },
}
