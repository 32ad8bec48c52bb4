import { readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { SandboxData } from '../../src/index.ts'
import { entity, seeded, validBody, validHeaders, webhooksOf } from '../fixtures/requests.ts'
import { greeting, run, runCovered, runHere } from '../fixtures/program.ts'

const silent = ['--port', '0', '--log-level', 'silent']

const contentOf = (file: string): SandboxData =>
  JSON.parse(readFileSync(file, 'utf8')) as SandboxData

t.test('--state-file keeps webhooks from one run to the next', async (t) => {
  const file = join(t.testdir({}), 'state.json')
  const argv = [...silent, '--state-file', file]
  const first = run(t, argv)
  const { url } = await greeting(first)
  const init = { method: 'POST', headers: validHeaders, body: JSON.stringify(validBody) }
  const { id } = (await (await fetch(url + webhooksOf(entity), init)).json()) as { id: string }
  first.process.kill('SIGTERM')
  t.match(await first.exit, { code: 0, stderr: '' })

  const second = run(t, argv)
  const again = `${(await greeting(second)).url}${webhooksOf(entity)}/${id}`
  t.equal((await fetch(again, { headers: { authorization: 'Bearer t' } })).status, 200)
  second.process.kill('SIGTERM')
  await second.exit
})

t.test('a state file that cannot be used is one line on stderr', async (t) => {
  const folder = t.testdir({ 'broken.json': '{"webhooks":[{}]}' })
  const broken = await runHere([...silent, '--state-file', join(folder, 'broken.json')])
  t.match(broken, {
    code: 2,
    stdout: '',
    stderr: /^wink-webhook-mock: \S+broken\.json: #\/webhooks\/0\/\w+ must be present[^\n]*\n$/,
  })

  const lost = await runHere([...silent, '--state-file', join(folder, 'gone', 'state.json')])
  t.match(lost, { code: 2, stderr: /state\.json: cannot be written \(ENOENT\)\n$/ })
})

t.test('a state that cannot be written at the end is said, with exit code 1', async (t) => {
  const folder = t.testdir({ data: {} })
  const file = join(folder, 'data', 'state.json')
  const program = runCovered(t, ['--port', '0', '--state-file', file])
  const { url } = await greeting(program)
  rmSync(join(folder, 'data'), { recursive: true })
  t.equal((await fetch(`${url}/__admin/tenants`, { method: 'POST' })).status, 201)
  program.process.kill('SIGTERM')
  const { code, stderr } = await program.exit
  t.equal(code, 1)
  t.match(stderr, /^wink-webhook-mock: \S+state\.json: cannot be written \(ENOENT\)$/m)
  t.match(stderr, /"msg":"stopped"/, 'the log ends as always')
})

t.test('SIGKILL while the state is written leaves a whole file', async (t) => {
  const folder = t.testdir({})
  const file = join(folder, 'state.json')
  // Large enough that writing it takes a while.
  const webhooks = Array.from({ length: 500 }, (_, index) => ({
    ...seeded,
    id: seeded.id.replace(/.{4}$/, String(1000 + index)),
    name: 'x'.repeat(5_000),
  }))
  writeFileSync(file, JSON.stringify({ webhooks }))
  let killedAmidWriting = 0
  for (let round = 0; round < 8; round += 1) {
    const watcher = watch(folder)
    const program = run(t, [...silent, '--state-file', file])
    await once(watcher, 'change') // It begins to write.
    await sleep(Math.random() * 30)
    program.process.kill('SIGKILL')
    await program.exit
    watcher.close()
    if (readdirSync(folder).length > 1) killedAmidWriting += 1
    t.strictSame(contentOf(file), { webhooks }, `round ${round}`)
  }
  t.comment(`${killedAmidWriting} of 8 were killed before the file was complete`)
})
