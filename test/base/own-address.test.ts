import t, { type Test } from 'tap'
import type { Sandbox } from '../../src/index.ts'
import { problemOf, sandbox } from '../fixtures/sandbox.ts'
import { exchange, listening, requestText } from '../fixtures/wire.ts'

t.test('a server on loopback is called by a name of loopback (DNS rebinding)', async (t) => {
  const server = await listening(t)
  const cases: { host: string; status: number }[] = [
    { host: 'localhost', status: 200 },
    { host: 'LocalHost:4010', status: 200 },
    { host: 'wink.localhost', status: 200 },
    { host: '127.0.0.1:1', status: 200 },
    { host: '127.1.2.3', status: 200 },
    { host: '[::1]:4010', status: 200 },
    { host: 'evil.example', status: 403 },
    { host: 'localhost.evil.example', status: 403 },
    { host: '127.0.0.1.evil.example', status: 403 },
    { host: 'evil.example:4010', status: 403 },
    { host: '', status: 403 },
    { host: '10.0.0.1', status: 403 },
  ]
  for (const { host, status } of cases) {
    const request = requestText('GET /__admin/faults HTTP/1.1', { host }, '')
    t.equal((await exchange(t, server, request)).status, status, host)
  }
  const old = 'GET /__admin/faults HTTP/1.0\r\n\r\n'
  t.equal((await exchange(t, server, old)).status, 403, 'without Host, as HTTP/1.0 may')
  const api = await exchange(t, server, requestText(undefined, { host: 'evil.example' }))
  t.equal(api.status, 201, 'the API itself may be called by any name')
})

t.test(
  'attacks (rebinding): on other addresses, by a name that no stranger can point here',
  async (t) => {
    const server = await listening(t, { host: '0.0.0.0' })
    await areAnswered(t, server, {
      200: [
        '10.0.0.1:4010',
        '127.0.0.1',
        '[::1]',
        '[fd00::1]:4010',
        'wink-mock',
        'wink_mock:4010',
        'WINK',
        'localhost',
        'wink.localhost:4010',
      ],
      403: [
        'evil.example.com',
        'evil.example.com:4010',
        'localhost.evil.example',
        '10.0.0.1.evil.example',
        'host.docker.internal',
        'evil.',
        'a%2Eb',
        'a%20b',
        '',
      ],
    })
    const refused = await exchange(t, server, listFaults('evil.example.com'))
    t.match(refused.body, /an IP address, a name without a dot, .*--public-url or --admin-token\./)
    const put = requestText(
      'PUT /__admin/state HTTP/1.1',
      {
        host: 'evil.example.com',
        origin: 'http://evil.example.com',
        'sec-fetch-site': 'same-origin',
      },
      '{}',
    )
    t.equal((await exchange(t, server, put)).status, 403, 'the page of whoever points a name here')
    const probe = requestText('GET /__admin/health HTTP/1.1', { host: 'any.example' }, '')
    t.equal((await exchange(t, server, probe)).status, 200, 'probes ask for the health by any name')
    const api = await exchange(t, server, requestText(undefined, { host: 'any.example' }))
    t.equal(api.status, 201, 'the API itself may be called by any name')
  },
)

t.test('attacks (rebinding): --admin-token lets it be called by any name', async (t) => {
  for (const host of ['127.0.0.1', '0.0.0.0']) {
    const server = await listening(t, { host, adminToken: 'secret' })
    const authorization = 'Bearer secret'
    await areAnswered(t, server, { 200: ['any.example', 'localhost', ''] }, { authorization })
    await areAnswered(
      t,
      server,
      { 401: ['any.example', 'localhost'] },
      { authorization: 'Bearer x' },
    )
    const old = `POST /__admin/reset HTTP/1.0\r\nAuthorization: ${authorization}\r\n`
    t.equal((await exchange(t, server, `${old}\r\n`)).status, 204, 'without Host')
    const page = `${old}Origin: http://undefined\r\n\r\n`
    t.equal((await exchange(t, server, page)).status, 403, 'a page, without Host')
  }
})

t.test('reports F8: the control API may be called by the host of --public-url', async (t) => {
  const publicUrl = 'http://Host.Docker.Internal:4311/wink'
  for (const host of ['127.0.0.1', '0.0.0.0']) {
    const server = await listening(t, { host, publicUrl })
    await areAnswered(t, server, {
      200: [
        'host.docker.internal:4311',
        'HOST.docker.internal',
        'host.docker.internal:1',
        'localhost',
      ],
      403: ['evil.example', 'x.host.docker.internal', 'docker.internal'],
    })
    const guarded = await listening(t, { host, publicUrl, adminToken: 'secret' })
    const authorization = 'Bearer secret'
    await areAnswered(t, guarded, { 200: ['host.docker.internal:4311'] }, { authorization })
  }
})

t.test("reports F5: pages of the public URL are the sandbox's own", async (t) => {
  interface Case {
    publicUrl?: string
    host: string
    own: string[]
    foreign: string[]
  }
  const cases: Case[] = [
    {
      publicUrl: 'https://wink.example',
      host: 'wink.example',
      own: ['https://wink.example', 'https://wink.example:443', 'http://wink.example'],
      foreign: ['https://wink.example:4010', 'https://x.wink.example', 'https://evil.example'],
    },
    {
      publicUrl: 'https://Wink.example:443/path',
      host: '127.0.0.1:4010', // as many a proxy says
      own: ['https://wink.example', 'http://127.0.0.1:4010'],
      foreign: ['http://wink.example', 'https://127.0.0.1:4010', 'http://127.0.0.1', 'null', ''],
    },
    {
      host: 'LOCALHOST:80',
      own: ['http://localhost', 'http://localhost:80', 'http://LocalHost'],
      foreign: ['https://localhost', 'http://localhost:4010', 'localhost', 'http://localhost a'],
    },
  ]
  for (const { publicUrl, host, own, foreign } of cases) {
    const { app } = sandbox(t, { publicUrl })
    for (const origin of [...own, ...foreign]) {
      const response = await app.inject({
        method: 'POST',
        url: '/__admin/reset',
        headers: { host, origin, 'sec-fetch-site': 'same-origin' },
      })
      const status = own.includes(origin) ? 204 : 403
      t.equal(response.statusCode, status, `${String(publicUrl)}, ${host}: ${origin}`)
      if (status === 403) t.match(problemOf(t, response).detail, /needs --public-url\.$/)
    }
  }
})

const listFaults = (host: string, headers: Record<string, string> = {}): string =>
  requestText('GET /__admin/faults HTTP/1.1', { host, ...headers }, '')

/** Checks the answers of the control API to requests with these hosts and origins. */
async function areAnswered(
  t: Test,
  server: Sandbox,
  namesByStatus: Record<number, string[]>,
  headers: Record<string, string> = {},
): Promise<void> {
  for (const [status, names] of Object.entries(namesByStatus)) {
    for (const host of names) {
      const answer = await exchange(t, server, listFaults(host, headers))
      t.equal(answer.status, Number(status), `${server.url}, Host: ${host}`)
    }
  }
}
