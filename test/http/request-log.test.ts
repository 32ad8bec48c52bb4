import { openSync, readFileSync } from 'node:fs'
import t from 'tap'
import type { AppOptions } from '../../src/index.ts'
import { buildLog } from '../../src/cli/log.ts'
import { entity, webhooksOf } from '../fixtures/requests.ts'
import { recorder } from '../fixtures/recorder.ts'
import { problemOf, sandbox, type TestSandbox } from '../fixtures/sandbox.ts'
import { exchange, listening, requestText } from '../fixtures/wire.ts'

function logged(t: Parameters<typeof sandbox>[0], options: AppOptions = {}) {
  const { logger, ...log } = recorder()
  const built: TestSandbox = sandbox(t, { ...options, logger })
  return { ...built, ...log }
}

t.test('one line a request: method, path, status, ms, and the detail of a problem', async (t) => {
  const { create, entries } = logged(t)
  await create()
  await create({ payload: 'null' })
  t.match(entries(), [
    { level: 30, method: 'POST', path: webhooksOf(entity), status: 201, ms: Number },
    { status: 400, detail: 'The body breaks 1 rule: # must be an object.', ms: Number },
  ])
  t.equal(entries().length, 2)
})

t.test('a line has the id of its request in the journal', async (t) => {
  const { logger, entries } = recorder()
  const server = await listening(t, { logger })
  await exchange(t, server, requestText())
  await exchange(t, server, requestText('GET /api/%zz HTTP/1.1', {}, ''))
  await exchange(t, server, 'NONSENSE\r\n\r\n')
  server.faults.arm({ effect: { connection: 'empty-response' } })
  await exchange(t, server, requestText())
  t.match(
    entries(),
    server.requests.find().map(({ id }) => ({ id })),
  )
  t.equal(entries().length, 4)
})

t.test('health checks are logged at debug level, unless they are refused', async (t) => {
  const { logger, entries } = recorder('debug')
  const { app } = sandbox(t, { logger })
  await app.inject('/__admin/health')
  await app.inject('/__admin/health?x=1')
  t.match(entries(), [
    { level: 20, status: 200 },
    { level: 30, status: 400 },
  ])
})

t.test('requests that the framework or the parser refuses are logged too', async (t) => {
  const { logger, entries } = recorder()
  const server = await listening(t, { logger })
  await exchange(t, server, requestText('GET /%zz?token=secret HTTP/1.1', {}, ''))
  await exchange(t, server, 'NONSENSE\r\n\r\n')
  t.match(entries(), [
    { method: 'GET', path: '/%zz', status: 400, ms: Number, detail: /cannot be decoded/ },
    { status: 400, detail: /no method of HTTP/ },
  ])
})

const hostileText =
  'a\r\nFAKE \u001b[2J\u0007\u007f\u009b31m\u2028\u2029\u202e\u200b\ufeff\ud83d\ude00'
const printed =
  'a\\u{d}\\u{a}FAKE \\u{1b}[2J\\u{7}\\u{7f}\\u{9b}31m\\u{2028}\\u{2029}\\u{202e}\\u{200b}\\u{feff}\ud83d\ude00'

t.test(
  'attacks 08: one line a request, whatever it holds, as JSON and on a terminal',
  async (t) => {
    for (const isTTY of [false, true]) {
      const file = `${t.testdir()}/log`
      const log = await buildLog('info', { fd: openSync(file, 'w'), isTTY })
      const { app, create } = sandbox(t, { logger: log.logger })
      const id = encodeURIComponent(hostileText)
      app.control.faults.arm({ effect: { status: 503, detail: hostileText } })
      await create()
      await app.inject({ method: 'DELETE', url: `/__admin/faults/${id}` })
      await app.inject(`/api/${id}`)
      await log.close()
      const text = readFileSync(file, 'utf8')
      const [scripted, unknown, ...others] = text.split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/)
      t.match(
        isTTY ? scripted : (JSON.parse(String(scripted)) as { detail: string }).detail,
        printed,
      )
      t.match(unknown, /There is no fault/)
      t.match(others, [/ 401 |:401,/, ''])
      t.equal(others.length, 2)
      t.notMatch(text, /[^\P{C}\n]/u)
    }
  },
)

t.test('no token reaches the log', async (t) => {
  const { create, app, lines } = logged(t, { data: { tokens: [{ token: 'gh0st' }] } })
  await create({ headers: { authorization: 'Bearer s3cr3t' } })
  await create({ headers: { authorization: 'Bearer s3cr3t s3cr3t' } })
  await create({ headers: { authorization: 'Bearer gh0st' }, payload: '"s3cr3t"' })
  await create({ headers: { authorization: 'Bearer gh0st' }, payload: 's3cr3t' })
  await app.inject('/api/x?access_token=s3cr3t')
  t.equal(lines.length, 5)
  t.notMatch(lines.join(), /s3cr3t|gh0st/)
})

t.test(
  'an unexpected failure is 500: logged with its stack, never shown (CONTRACT §4)',
  async (t) => {
    const { create, entries } = logged(t, {
      ids: () => {
        throw new Error('the disk of ids is worn out')
      },
    })
    const response = await create()
    t.equal(response.statusCode, 500)
    problemOf(t, response)
    t.notMatch(response.body, /worn out|request-log\.test|\.ts|node_modules/)
    t.match(entries(), [
      { level: 50, err: { message: 'the disk of ids is worn out', stack: /request-log\.test/ } },
      { level: 30, status: 500 },
    ])
  },
)
