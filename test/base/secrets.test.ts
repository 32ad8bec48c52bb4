import t from 'tap'
import { projectText } from '../fixtures/project.ts'
import { recorder } from '../fixtures/recorder.ts'
import { entity, webhooksOf } from '../fixtures/requests.ts'
import { sandbox } from '../fixtures/sandbox.ts'
import { exchange, listening, requestText } from '../fixtures/wire.ts'

const [, section = ''] = projectText('docs/control-api.md').split('### Secrets\n')
const [rule = ''] = section.split('\n### ')
const examples = [...rule.matchAll(/^\| (\w+) +\| `(.*?)` +\| `(.*?)` +\|$/gm)].map(
  ([, what = '', sent = '', shown = '']) => ({ what, sent, shown }),
)
const create = `POST ${webhooksOf(entity)} HTTP/1.1`
const form = 'application/x-www-form-urlencoded'

/** The request of an example. */
function requestOf(what: string, sent: string): string {
  const [name = '', value = ''] = sent.split(/: (.*)/)
  if (what === 'header') return requestText(create, { [name.toLowerCase()]: value })
  if (what === 'path') return requestText(`POST ${sent} HTTP/1.1`)
  return requestText(create, { 'content-type': what === 'form' ? form : 'text/x' }, sent)
}

t.ok(examples.length > 15, 'the examples are read')
for (const { what, sent, shown } of examples) {
  t.test(`attacks, secrets: docs/control-api.md, ${what}: ${sent}`, async (t) => {
    const { logger, lines } = recorder()
    const server = await listening(t, { logger })
    const answer = await exchange(t, server, requestOf(what, sent))
    const [{ headers, body, path } = {}] = server.requests.find()
    const [name = ''] = sent.toLowerCase().split(': ')
    const views: Record<string, unknown> = { header: headers?.[name], path, body, form: body }
    t.equal(views[what], shown)
    if (what !== 'path') return
    t.match(lines.join(), JSON.stringify(shown))
    // An OAuth error has no instance.
    const { instance } = JSON.parse(answer.body) as { instance?: string }
    const isOAuth = sent.startsWith('/oauth2')
    t.equal(instance, isOAuth ? undefined : shown.replace('[masked]', '%5Bmasked%5D'))
  })
}

t.test('docs/control-api.md: each of its names is that of a secret, everywhere', async (t) => {
  const [list = ''] = rule.split('Such a name has one of these in it').slice(1)
  const [first = '', second = ''] = list.split('(also with `_`')
  const names = [...`${first}${second.split('as a word')[0]}`.matchAll(/`([a-z-]{3,})`/g)]
  t.ok(names.length > 15, 'they are read')
  const { app, create } = sandbox(t)
  for (const [, name = ''] of names) {
    const header = `x-my-${name}`
    for (const member of [name, name.toUpperCase(), `my.${name.replace('-', '_')}-2`]) {
      const payload = JSON.stringify({ [member]: 's3cr3t', plain: 'x' })
      await create({ headers: { [header]: 's3cr3t' }, payload })
      const { headers, body } = app.control.requests.find().at(-1) ?? {}
      t.equal(headers?.[header], '[masked]', header)
      t.equal(body, payload.replace('s3cr3t', '[masked]'), member)
    }
  }
})

const bodies: { type?: string; body: string; shows: string }[] = [
  { body: `{"secret":"a\\"s3cr3t","x":1}`, shows: `{"secret":"[masked]","x":1}` },
  { body: `{"secret" : "s3cr3t\\\\","x":1}`, shows: `{"secret" : "[masked]","x":1}` },
  { body: `{"secrets":["s3cr3t",{"a":"]s3cr3t"}],"x":1}`, shows: `{"secrets":"[masked]","x":1}` },
  { body: `{"secrets":{"a":"s3cr3t`, shows: `{"secrets":"[masked]"` },
  { body: `{"x":"{\\"pwd\\":\\"s3c\\\\\\"r3t\\"}"}`, shows: `{"x":"{\\"pwd\\":\\"[masked]\\"}"}` },
  { body: `{"x":"{\\"pwd\\":\\"s3cr3t","y":1}`, shows: `{"x":"{\\"pwd\\":\\"[masked]","y":1}` },
  {
    body: `{"x":"{\\"pwd\\": 123, \\"a\\":1}"}`,
    shows: `{"x":"{\\"pwd\\": \\"[masked]\\", \\"a\\":1}"}`,
  },
  { body: `{"x":"?sig\\u003ds3cr3t"}`, shows: `{"x":"?sig\\u003d[masked]"}` },
  { body: `{"x":"?pwd\\u003ds3cr3t\\u0026a"}`, shows: `{"x":"?pwd\\u003d[masked]\\u0026a"}` },
  { body: `{"x":"https:\\/\\/a:s3cr3t@b"}`, shows: `{"x":"https:\\/\\/a:[masked]@b"}` },
  { body: `{"\\u0074oken":"s3cr3t"}`, shows: `{"\\u0074oken":"[masked]"}` },
  { body: `{'token':'s3cr3t','x':1}`, shows: `{'token':'[masked]','x':1}` },
  { body: `{token:s3cr3t,x:1}`, shows: `{token:[masked],x:1}` },
  { body: `{"token" "s3cr3t"}`, shows: `{"token" "[masked]"}` },
  { body: `token:\n s3 cr3t\nx`, shows: `token:\n [masked]\nx` },
  { body: `token=&x=1`, shows: `token=&x=1` },
  { type: form, body: `p%77d=s3cr3t&x=1`, shows: `p%77d=[masked]&x=1` },
  { type: form, body: `%7B%22pwd%22%3A%22s3cr3t`, shows: `%7B%22pwd%22%3A[masked]` },
  { type: 'multipart/form-data; boundary=b', body: `secret=s3cr3t`, shows: `secret=[masked]` },
  {
    type: 'multipart/form-data; boundary=b',
    body: `--b\r\nContent-Disposition: form-data; name="client_secret"\r\n\r\ns3\r\n--cr3t\r\n--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n{"pwd":"s3cr3t","x":1}\r\n--b--\r\n`,
    shows: `--b\r\nContent-Disposition: form-data; name="client_secret"\r\n\r\n[masked]\r\n--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n{"pwd":"[masked]","x":1}\r\n--b--\r\n`,
  },
]

for (const { type = 'application/json', body, shows } of bodies) {
  t.test(`attacks, secrets: only the secret of a body is masked: ${body}`, async (t) => {
    const server = await listening(t)
    await exchange(t, server, requestText(create, { 'content-type': type }, body))
    t.equal(server.requests.find()[0]?.body, shows)
  })
}

t.test('attacks, secrets: an id in the path, and a hint about the body, hold none', async (t) => {
  const { logger, lines } = recorder()
  const { app, create } = sandbox(t, { logger })
  await app.inject(webhooksOf('token=s3cr3t') + '/list')
  await app.inject('/__admin/faults/token=s3cr3t')
  await app.inject('/__admin/requests/token=s3cr3t')
  const payload = JSON.stringify({ eventList: ['booking.create?token=s3cr3t'] })
  await create({ payload })
  const requests = app.control.requests.find()
  t.match(requests, [
    { managingEntityIdentifier: 'token=[masked]' },
    { diagnosis: { hints: [/booking\.create\?token=\[masked\]" is not in/] } },
  ])
  t.equal(lines.length, 4)
  t.notMatch(JSON.stringify(requests) + lines.join(), 's3cr3t')
})

const hostile: Record<string, string> = {
  pairs: 'a=',
  names: 'pwd',
  secrets: '&token=a',
  members: '"token":"a",',
  brackets: '"token":[',
  quotes: 'token:\\\\\\"',
  parts: '--b\n',
  heads: '\n\n; name="a"',
}

t.test('attacks F3: a body of twice the length is masked in at most thrice the time', async (t) => {
  const leastMs = async (payload: string): Promise<number> => {
    const { app, create } = sandbox(t)
    await create({ payload, headers: { 'content-type': 'multipart/x', 'x-header': payload } })
    let least = Infinity
    for (let run = 0; run < 20; run += 1) {
      const started = process.cpuUsage()
      app.control.requests.find()
      least = Math.min(least, process.cpuUsage(started).user / 1000)
    }
    return least
  }
  for (const [name, text] of Object.entries(hostile)) {
    const ms = await leastMs(text.repeat(8 * 1024).slice(0, 8 * 1024))
    const doubledMs = await leastMs(text.repeat(8 * 1024).slice(0, 16 * 1024))
    t.ok(doubledMs < 3 * Math.max(ms, 2), `${name}: ${ms} ms, ${doubledMs} ms`)
  }
})
