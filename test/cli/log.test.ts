import { closeSync, openSync, readFileSync } from 'node:fs'
import t from 'tap'
import { sandbox } from '../fixtures/sandbox.ts'
import { buildLog } from '../../src/cli/log.ts'

const exchange = { method: 'POST', path: '/api', status: 400, ms: 1.5, detail: 'Send a body.' }

t.test('JSON lines, and readable lines on a terminal', async (t) => {
  for (const { isTTY, says } of [
    { isTTY: false, says: /^{"level":30,"time":\d+,"method":"POST","path":"\/api",.*}\n$/ },
    { isTTY: true, says: /^\[.*\] .*INFO.*: .*POST \/api 400 1\.5 ms Send a body\..*\n$/ },
  ]) {
    const file = `${t.testdir()}/log`
    const fd = openSync(file, 'w')
    const log = await buildLog('info', { fd, isTTY })
    log.logger.debug('too low')
    log.logger.info(exchange)
    await log.close()
    t.match(readFileSync(file, 'utf8'), says)
  }
})

t.test('what is not HTTP has no answer, and took no time', async (t) => {
  const file = `${t.testdir()}/log`
  const log = await buildLog('info', { fd: openSync(file, 'w'), isTTY: true })
  log.logger.info({ status: null, detail: 'It is TLS.' })
  await log.close()
  t.match(readFileSync(file, 'utf8'), /: not HTTP no answer It is TLS\.\n$/)
})

t.test('a status has a colour, and a refusal its violations and hints', async (t) => {
  const file = `${t.testdir()}/log`
  const fd = openSync(file, 'w')
  const log = await buildLog('info', { fd, isTTY: true, isColored: true })
  const { app, create } = sandbox(t, { logger: log.logger })
  log.explain((id) => app.control.requests.get(id))
  const { headers } = await create()
  await create({ payload: '{"name":1,"enabled":1,"eventList":["booking.created"]}' })
  await create({ headers: { prefer: 'code=503' } })
  await app.inject('/__admin/health')
  app.control.requests.clear()
  log.logger.info({ ...exchange, id: 'x', status: null })
  await log.close()
  const text = readFileSync(file, 'utf8').replaceAll('\u001b', '^')
  const id = String(headers['x-wink-mock-request-id'])
  t.match(text, new RegExp(`POST \\S+ \\^\\[32m201\\^\\[\\d+m [\\d.]+ ms ${id}`))
  t.match(text, /\^\[33m400\^\[\d+m .*\n {4}#\/\w+ must be .*\n {4}#/)
  t.match(text, /\n {4}hint: "booking\.created" is not in/)
  t.match(text, /\^\[31m503\^\[\d+m /)
  t.match(text, /POST \/api no answer 1\.5 ms x Send a body\./)
  t.notMatch(text, 'health')
})

t.test(
  'an unexpected failure has its stack, on a terminal too (docs/fidelity.md §4)',
  async (t) => {
    for (const isTTY of [false, true]) {
      const file = `${t.testdir()}/log`
      const log = await buildLog('info', { fd: openSync(file, 'w'), isTTY })
      log.logger.error({ err: new Error('it broke') }, 'unexpected failure')
      await log.close()
      const text = readFileSync(file, 'utf8')
      t.match(text, /unexpected failure/)
      t.match(text, /it broke.*at .*log\.test/s)
    }
  },
)

t.test('a log that cannot be written is lost', async (t) => {
  const fd = openSync(`${t.testdir()}/log`, 'w')
  closeSync(fd)
  const log = await buildLog('info', { fd, isTTY: false })
  log.logger.info(exchange)
  await log.close()
  t.pass('nobody was hurt')
})
