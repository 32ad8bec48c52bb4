import t from 'tap'
import { destinationOf, parseDeliverTo } from '../../../src/control/deliveries/destination.ts'

/** The destination of an event, as text. */
function destination(registeredUrl: string, deliverTo?: string): unknown {
  const found = destinationOf(registeredUrl, deliverTo)
  return 'url' in found ? found.url : found
}

const registered = 'https://api.example.com/webhooks/wink?key=a%20b&x'

t.test('a base URL takes the place of scheme and host; path and query stay', (t) => {
  for (const [deliverTo, url] of [
    ['http://localhost:3000', 'http://localhost:3000/webhooks/wink?key=a%20b&x'],
    ['http://localhost:3000/', 'http://localhost:3000/webhooks/wink?key=a%20b&x'],
    ['http://[::1]:3000', 'http://[::1]:3000/webhooks/wink?key=a%20b&x'],
    ['https://staging.test/prefix', 'https://staging.test/prefix/webhooks/wink?key=a%20b&x'],
    ['https://staging.test/prefix/', 'https://staging.test/prefix/webhooks/wink?key=a%20b&x'],
  ]) {
    t.equal(destination(registered, deliverTo), url)
  }
  t.equal(
    destination('https://user:secret@api.example.com', 'http://localhost:3000'),
    'http://localhost:3000/',
    'user info is part of what is replaced',
  )
  t.end()
})

t.test('event-url is the registered URL itself, without a fragment', (t) => {
  t.equal(destination(registered, 'event-url'), registered)
  t.equal(destination('https://a.test/b#c', 'event-url'), 'https://a.test/b')
  t.equal(destination('https://a.test/b#c', 'http://localhost'), 'http://localhost/b')
  t.end()
})

t.test('without a receiver the event goes nowhere, and a sentence says how to name one', (t) => {
  t.match(destination(registered), {
    reason: 'no-receiver',
    hint: /^No receiver is named\. .*deliverTo.*--deliver-to.*WINK_MOCK_DELIVER_TO.*event-url/,
  })
  t.end()
})

t.test('deliverTo: a base URL or event-url', (t) => {
  for (const [given, deliverTo = given] of [
    ['event-url'],
    ['http://localhost:3000'],
    ['http://127.0.0.1:3000/'],
    ['https://receiver.test/a/b'],
    ['HTTP://receiver.test'],
  ].map(([text = '']) => [text, text.replace(/\/$/, '')])) {
    t.same(parseDeliverTo(String(given)), { deliverTo })
  }
  t.end()
})

t.test('anything else is refused with its cause', (t) => {
  for (const [given, cause] of [
    ['', 'it is empty'],
    ['localhost:3000', 'it has no scheme: begin with http:// or https://'],
    ['ftp://receiver.test', 'its scheme must be http or https'],
    ['http://localhost:0', 'its port is 0'],
    [`http://${'a.'.repeat(127)}`, 'its host has more than 253 characters'],
    ['eventurl', 'it has no scheme: begin with http:// or https://'],
    [' http://localhost:3000', 'it has a blank at its beginning or end: leave it out'],
    ['http://', 'it has no host'],
    ['http://localhost:99999', 'its port is over 65535'],
    ['http://localhost:3000/?a=b', 'it has a query: events keep that of the registered URL'],
    ['http://localhost:3000?', 'it has a query: events keep that of the registered URL'],
    ['http://localhost:3000/#a', 'it has a fragment: leave it out'],
    ['http://user:secret@localhost', 'it has user info: leave it out'],
    [
      'http://169.254.169.254',
      'it is a link-local or metadata address, to which the sandbox never connects',
    ],
  ] as const) {
    const error =
      'must be a base URL without user info, query and fragment, such as http://localhost:3000, or event-url; '
    t.same(parseDeliverTo(given), { error: error + cause }, given)
  }
  t.match(parseDeliverTo('http://localhost//'), { error: /or event-url; it ends with more than/ })
  t.end()
})
