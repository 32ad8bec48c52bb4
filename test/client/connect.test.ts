import { EventEmitter, once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { ApiError, connectSandbox } from '../../src/client/index.ts'
import { generation, generationOf } from '../../src/client/generation.ts'
import { version } from '../../src/version.ts'
import { listening } from '../fixtures/wire.ts'

/** A server that is no sandbox, closed when the test ends; gives its URL. */
async function server(t: Test, listener: RequestListener): Promise<string> {
  const other = createServer(listener).listen(0, '127.0.0.1')
  t.teardown(() => other.close())
  await once(other, 'listening')
  return `http://127.0.0.1:${(other.address() as AddressInfo).port}`
}

/** A server that answers every request with this JSON. */
const answering = (t: Test, answer: unknown, status = 200): Promise<string> =>
  server(t, (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer))
  })

t.test('the admin token is sent, and none where none is given', async (t) => {
  const { url } = await listening(t, { adminToken: 's3cr3t' })
  const withToken = await connectSandbox(url, { adminToken: 's3cr3t' })
  t.strictSame(await withToken.faults.list(), [])
})

t.test('without the admin token, or with another one, connecting is refused at once', async (t) => {
  const { url } = await listening(t, { adminToken: 's3cr3t' })
  const cases = [
    {
      adminToken: undefined,
      says: /^Send the admin token .*; connectSandbox takes it as adminToken/,
    },
    { adminToken: 'another', says: /^The token is not the admin token \(--admin-token\)/ },
  ]
  for (const { adminToken, says } of cases) {
    await t.rejects(connectSandbox(url, { adminToken, waitMs: 600_000 }), {
      name: 'ApiError',
      status: 401,
      problem: 'unauthorized',
      message: says,
    })
  }
})

t.test(
  'a value that JSON does not have is refused, as the library does, and nothing is sent',
  async (t) => {
    const sandbox = await listening(t)
    const client = await connectSandbox(sandbox.url)
    const values = [
      Number.NaN,
      Infinity,
      -Infinity,
      new Date(0),
      1n,
      Symbol('x'),
      new Map(),
      () => 1,
    ]
    for (const value of values) {
      const rule = { times: value as number, effect: { status: 503 } } as const
      await t.rejects(client.faults.arm(rule), {
        name: 'ApiError',
        status: 400,
        message: /^Nothing was sent: times must be what JSON has, not /,
      })
      t.throws(() => sandbox.faults.arm(rule), { name: 'ApiError', status: 400 })
    }
    await t.rejects(client.clock.set({ mode: 'frozen', instant: new Date() as never }), ApiError)
    await t.rejects(client.faults.arm(Number.NaN as never), {
      message: 'Nothing was sent: the value must be what JSON has, not NaN.',
    })
    await t.rejects(client.requests.find({ status: Number.NaN }), ApiError)
    t.strictSame(sandbox.faults.list(), [])
    t.match(await client.faults.arm({ times: null, effect: { status: 503 } }), { times: null })
    t.match(await client.faults.arm({ times: undefined as never, effect: { status: 503 } }), {
      times: 1,
    })
  },
)

t.test('connecting waits for a sandbox that is not up yet', async (t) => {
  const asked = new EventEmitter()
  let isUp = false
  const url = await server(t, (request, response) => {
    if (isUp) response.end(JSON.stringify({ status: 'up', version }))
    else request.socket.destroy()
    asked.emit('once')
  })
  const first = once(asked, 'once')
  const connecting = connectSandbox(new URL(url), { waitMs: 600_000 })
  await first
  isUp = true
  t.equal((await connecting).url, url)
  isUp = false
  await t.rejects(connectSandbox(url, { waitMs: 1 }), { message: /fetch failed/ }, 'not for ever')
})

t.test('errors are instances of the ApiError of the client', async (t) => {
  const client = await connectSandbox((await listening(t)).url)
  await t.rejects(client.clock.advance(-1), ApiError)
})

t.test('data that a sandbox cannot hold are an ApiError', async (t) => {
  const client = await connectSandbox((await listening(t)).url)
  await t.rejects(client.state.import({ webhooks: [{}] } as object), {
    name: 'ApiError',
    status: 400,
    message: /^The state breaks a rule: /,
  })
})

t.test('a sandbox behind a path, and a URL with a slash at its end', async (t) => {
  const sandbox = await listening(t)
  const proxy = await server(t, (request, response) => {
    void fetch(sandbox.url + String(request.url).replace(/^\/wink/, '')).then(async (answer) => {
      response.writeHead(answer.status).end(await answer.text())
    })
  })
  const client = await connectSandbox(`${proxy}/wink/`)
  t.equal(client.url, `${proxy}/wink`)
  t.strictSame(await client.faults.list(), [])
})

t.test('a sandbox of another major version is refused in one sentence', async (t) => {
  const [major, minor] = version.split('.').map(Number)
  const cases = [`${Number(major) + 1}.0.0`, `0.${Number(minor) + 1}.0`]
  for (const other of cases) {
    const url = await answering(t, { status: 'up', version: other, uptimeSeconds: 1 })
    await t.rejects(connectSandbox(url), {
      message: `This client is for sandboxes of version ${generation}, and ${url} is one of ${other}: install the client of that version.`,
    })
  }
  const url = await answering(t, { status: 'up', version: `${generation}.999` })
  t.equal((await connectSandbox(url)).url, url, 'another patch will do')
})

t.test('before 1.0.0, a minor version counts as a major one', (t) => {
  const cases = { '0.1.2': '0.1', '0.10.0': '0.10', '1.2.3': '1', '2.0.0-beta.1': '2' }
  for (const [version, expected] of Object.entries(cases)) {
    t.equal(generationOf(version), expected, version)
  }
  t.equal(generation, generationOf(version), 'the client is of the version of the package')
  t.end()
})

t.test('what is no sandbox is refused, with the URL that was asked', async (t) => {
  const html = await server(t, (_request, response) => {
    response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not Found</h1>')
  })
  const cut = await server(t, (request) => request.socket.destroy())
  const free = await server(t, () => undefined)
  const cases = [
    { url: html, says: /health: answered 404 with what no sandbox sends$/ },
    { url: await answering(t, 'hello'), says: /health: the answer is not that of a sandbox$/ },
    { url: await answering(t, { status: 'up' }), says: /health: the answer is not / },
    { url: await answering(t, { status: 'UP', version: '0.1.0' }), says: /the answer is not / },
    { url: await answering(t, {}, 503), says: /health: answered 503 with what no / },
    { url: cut, says: /health: fetch failed \(.+\)$/ },
    { url: `${free}0`.replace(/\d+$/, '1'), says: /health: .+/ },
  ]
  for (const { url, says } of cases) {
    const error: unknown = await connectSandbox(url).catch((refusal: unknown) => refusal)
    t.match(error, { name: 'Error', message: says }, url)
    t.ok((error as Error).message.startsWith(`GET ${url}/__admin/health: `), 'it names the URL')
  }
})

t.test('https to a sandbox without TLS says so', async (t) => {
  const { url } = await listening(t)
  const secure = url.replace('http:', 'https:')
  await t.rejects(connectSandbox(secure), {
    message: `GET ${secure}/__admin/health: ${secure} does not speak TLS; use http`,
  })
})

t.test('a sandbox that goes away later', async (t) => {
  const sandbox = await listening(t)
  const client = await connectSandbox(sandbox.url)
  await sandbox.close()
  await t.rejects(client.faults.list(), {
    name: 'Error',
    message: new RegExp(`^GET ${sandbox.url}/__admin/faults: fetch failed \\(.+\\)$`),
    cause: { name: 'TypeError' },
  })
})

t.test('a URL or an option that makes no sense is refused, with its name', async (t) => {
  const urls = ['', '127.0.0.1:4010', 'ftp://x', 'http://', 'http://x/?a=1', 'http://x:99999', 5]
  for (const url of urls) {
    await t.rejects(connectSandbox(url as string), {
      name: 'RangeError',
      message: /^url must be an http or https URL .*, not (?:string|number) /,
    })
  }
  for (const path of ['/__admin', '/wink/__admin/']) {
    await t.rejects(connectSandbox(`http://127.0.0.1:1${path}`), {
      name: 'RangeError',
      message: /^url must be the base URL, without \/__admin: /,
    })
  }
  const cases: { options: unknown; says: RegExp }[] = [
    { options: null, says: /^options must be an object, not null$/ },
    { options: 's3cr3t', says: /^options must be an object, not s3cr3t$/ },
    { options: { adminTokn: 'x' }, says: /^adminTokn is no option; use adminToken or waitMs$/ },
    { options: { waitMs: -1 }, says: /^waitMs must be a number of milliseconds from 0$/ },
    { options: { adminToken: 'Bearer x' }, says: /, without "Bearer"$/ },
    { options: { adminToken: '' }, says: /^adminToken must be a bearer token / },
    { options: { adminToken: 'a b' }, says: /^adminToken must be a bearer token / },
    { options: { adminToken: 5 }, says: /^adminToken must be a bearer token / },
  ]
  for (const { options, says } of cases) {
    await t.rejects(connectSandbox('http://127.0.0.1:1', options as object), {
      name: 'RangeError',
      message: says,
    })
  }
})

t.test('a filter member that is undefined is left out, and null as over HTTP', async (t) => {
  const client = await connectSandbox((await listening(t)).url)
  await client.faults.arm({ effect: { status: 503 } })
  const undefinedMember = { managingEntityIdentifier: undefined } as object
  const nullMember = { managingEntityIdentifier: null } as object
  t.equal((await client.faults.list(undefinedMember)).length, 1)
  t.equal((await client.faults.list(nullMember)).length, 1)
})

t.test('a signal that is none, or is aborted, sends nothing', async (t) => {
  const client = await connectSandbox((await listening(t)).url)
  await t.rejects(client.deliveries.wait({}, {} as AbortSignal), {
    name: 'ApiError',
    message: 'The signal breaks 1 rule: # must be an AbortSignal.',
  })
  const reason = new Error('not now')
  await t.rejects(client.deliveries.wait({}, AbortSignal.abort(reason)), reason)
})
