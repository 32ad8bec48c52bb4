import t from 'tap'
import type { Switches, Webhook } from '../../../src/index.ts'
import { validBody } from '../../fixtures/requests.ts'
import { problemOf, sandbox } from '../../fixtures/sandbox.ts'

type HttpEventUrls = Switches['allowHttpEventUrls']

/** The strictest value of `allowHttpEventUrls` that accepts each URL; no value accepts the last ones. */
const urls: { least: HttpEventUrls | 'refused'; eventUrl: string }[] = [
  { least: 'none', eventUrl: 'https://example.com/hook' },
  { least: 'none', eventUrl: 'https://localhost:8443' },

  { least: 'loopback', eventUrl: 'http://localhost' },
  { least: 'loopback', eventUrl: 'http://LOCALHOST' },
  { least: 'loopback', eventUrl: 'HTTP://localhost:3000/hook?x=1#y' },
  { least: 'loopback', eventUrl: 'http://localhost:65535' },
  { least: 'loopback', eventUrl: 'http://wink.app.localhost/hook' },
  { least: 'loopback', eventUrl: 'http://127.0.0.1:3000/hook' },
  { least: 'loopback', eventUrl: 'http://127.1.2.3' },
  { least: 'loopback', eventUrl: 'http://127.255.255.255' },
  { least: 'loopback', eventUrl: 'http://127.1' },
  { least: 'loopback', eventUrl: 'http://[::1]:80' },
  { least: 'loopback', eventUrl: 'http://[0:0:0:0:0:0:0:1]/hook' },
  { least: 'loopback', eventUrl: 'http://user:secret@localhost/hook' },
  { least: 'loopback', eventUrl: 'http://evil.com@localhost/hook' },

  { least: 'any', eventUrl: 'http://example.com/hook' },
  { least: 'any', eventUrl: 'http://localhost.evil.com' },
  { least: 'any', eventUrl: 'http://evil-localhost' },
  { least: 'any', eventUrl: 'http://.localhost' },
  { least: 'any', eventUrl: 'http://127.0.0.1.evil.com' },
  { least: 'any', eventUrl: 'http://localhost@evil.com' },
  { least: 'any', eventUrl: 'http://localhost:80@evil.com' },
  { least: 'any', eventUrl: 'http://127.0.0.1@evil.com:80/' },
  { least: 'any', eventUrl: 'http://evil.com/@localhost' },
  { least: 'any', eventUrl: 'http://evil.com?@localhost' },
  { least: 'any', eventUrl: 'http://evil.com#@localhost' },
  { least: 'any', eventUrl: 'http://128.0.0.1' },
  { least: 'any', eventUrl: 'http://0.0.0.0' },
  { least: 'any', eventUrl: 'http://[::2]' },

  { least: 'refused', eventUrl: 'http://localhost:65536' },
  { least: 'refused', eventUrl: 'http://localhost:80a' },
  { least: 'refused', eventUrl: 'http:localhost' },
  { least: 'refused', eventUrl: 'http:///localhost' },
  { least: 'refused', eventUrl: 'http://localhost\\@evil.com' },
  { least: 'refused', eventUrl: 'http://127.0.0.256' },
  { least: 'refused', eventUrl: 'http://[::1' },
  { least: 'refused', eventUrl: 'ftp://localhost' },
  { least: 'refused', eventUrl: 'localhost' },
]

t.test('allowHttpEventUrls', (t) => {
  const values: readonly HttpEventUrls[] = ['none', 'loopback', 'any']
  const says = {
    none: /^must be an absolute https URL \(RFC 3986\), such as https:/,
    loopback: /^must be an absolute https URL \(RFC 3986\) or an http one of a loopback host, /,
    any: /^must be an absolute http or https URL \(RFC 3986\), /,
  }
  for (const [index, allowHttpEventUrls] of values.entries()) {
    t.test(allowHttpEventUrls, async (t) => {
      const { create } = sandbox(t, { switches: { allowHttpEventUrls } })
      const accepting: readonly string[] = values.slice(0, index + 1)
      for (const { least, eventUrl } of urls) {
        const response = await create({ payload: { ...validBody, eventUrl } })
        const accepted = accepting.includes(least)
        t.equal(response.statusCode, accepted ? 201 : 400, eventUrl)
        if (accepted) t.equal(response.json<Webhook>().eventUrl, eventUrl, 'echoed as sent')
        else {
          t.match(problemOf(t, response).properties?.errors, [
            { pointer: '#/eventUrl', detail: says[allowHttpEventUrls] },
          ])
        }
      }
    })
  }
  t.test('is none by default', async (t) => {
    const payload = { ...validBody, eventUrl: 'http://localhost' }
    t.equal((await sandbox(t).create({ payload })).statusCode, 400)
  })
  t.end()
})
