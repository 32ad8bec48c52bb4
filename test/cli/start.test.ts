import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { greeting, runCovered, runHere } from '../fixtures/program.ts'

t.test(
  '--port-file has the port while the sandbox is up; --log-format json: the first line of the log has the address',
  async (t) => {
    const folder = t.testdir({ 'port.txt': '1\n' })
    const file = join(folder, 'port.txt')
    const program = runCovered(t, ['--port', '0', '--port-file', file, '--log-format', 'json'])
    const { url } = await greeting(program)
    t.equal(readFileSync(file, 'utf8'), `${new URL(url).port}\n`)
    t.strictSame(readdirSync(folder), ['port.txt'])
    program.process.kill('SIGTERM')
    const { code, stderr } = await program.exit
    t.equal(code, 0)
    t.notOk(existsSync(file))
    t.match(JSON.parse(String(stderr.split('\n')[0])), { msg: 'listening', url })
  },
)

t.test('a port file of an earlier run is gone before the new one listens', async (t) => {
  const folder = t.testdir({ 'port.txt': '1\n' })
  const argv = ['--host', '192.0.2.1', '--port-file', join(folder, 'port.txt')]
  t.match(await runHere(argv), { code: 1 })
  t.strictSame(readdirSync(folder), [])
})

t.test('a port file that cannot be written ends the program', async (t) => {
  const file = join(t.testdir({}), 'none', 'port.txt')
  const before = process.listenerCount('SIGTERM')
  t.strictSame(await runHere(['--port', '0', '--log-level', 'silent', '--port-file', file]), {
    code: 2,
    stdout: '',
    stderr: `wink-webhook-mock: --port-file ${file} cannot be written (ENOENT)\n`,
  })
  t.equal(process.listenerCount('SIGTERM'), before)
})

t.test('--log-format text: readable lines, on no terminal either', async (t) => {
  const program = runCovered(t, ['--port', '0', '--log-format', 'text', '--log-level', 'debug'])
  const { url } = await greeting(program)
  await (await fetch(`${url}/__admin/health`)).text()
  program.process.kill('SIGTERM')
  const { stderr } = await program.exit
  t.match(stderr, /GET \/__admin\/health 200/)
  t.notMatch(stderr, '{')
})

t.test('--check reads settings and data, and ends', async (t) => {
  const folder = t.testdir({
    'good.json': '{"tokens":[{"token":"t"}]}',
    'bad.json': '{"tokens":[{}]}',
    'state.json': '{"webhooks":5}',
  })
  const file = (name: string): string => join(folder, name)
  const cases: { argv: string[]; code: number; stdout?: string; stderr?: RegExp }[] = [
    { argv: [], code: 0, stdout: 'ok\n' },
    { argv: ['--data', file('good.json')], code: 0, stdout: 'ok\n' },
    { argv: ['--data', file('bad.json')], code: 2, stderr: /bad\.json: #\/tokens\/0\/token/ },
    { argv: ['--data', file('none.json')], code: 2, stderr: /none\.json: cannot be read/ },
    { argv: ['--state-file', file('new.json')], code: 0, stdout: 'ok\n' },
    { argv: ['--state-file', file('state.json')], code: 2, stderr: /state\.json: #\/webhooks / },
    { argv: ['--port', 'x'], code: 2, stderr: /--port must be/ },
    { argv: ['--tls-cert', 'x', '--tls-key', 'y'], code: 2, stderr: /--tls-cert x cannot be read/ },
  ]
  for (const { argv, ...expected } of cases) {
    const exit = await runHere(['--check', ...argv])
    t.match(exit, { stdout: '', stderr: '', ...expected }, argv.join(' '))
  }
  t.strictSame(
    readdirSync(folder).sort(),
    ['bad.json', 'good.json', 'state.json'],
    'it writes nothing',
  )
})

t.test('--check refuses files that the start cannot write, in its words', async (t) => {
  const folder = t.testdir({ 'state.json': '{}' })
  const files = ['--state-file', '--port-file'].flatMap((flag) =>
    ['gone', 'state.json'].map((parent) => [flag, join(folder, parent, 'x')]),
  )
  for (const argv of [...files, ['--port-file', folder]]) {
    const started = await runHere(['--port', '0', '--log-level', 'silent', ...argv])
    t.match(started, { code: 2, stdout: '', stderr: /cannot be written \(E\w+\)\n$/ })
    t.strictSame(await runHere(['--check', ...argv]), started, argv.join(' '))
  }
  t.match(await runHere(['--check', '--port-file', join(folder, 'new')]), { code: 0 })
  t.strictSame(readdirSync(folder), ['state.json'], 'it writes nothing')
})

t.test('help and version are words, too', async (t) => {
  t.match(await runHere(['help']), { code: 0, stdout: /Usage: / })
  t.match(await runHere(['version']), { code: 0, stdout: /^\d+\.\d+\.\d+\n$/ })
})

t.test('a file that is no port file: the reason, and what to name', async (t) => {
  const folder = t.testdir({})
  const file = join(folder, 'port.txt')
  const name = 'name the file that a sandbox writes with --port-file'
  const health = async (path: string, says: string): Promise<void> => {
    const stderr = `wink-webhook-mock: ${path} ${says}\n`
    t.strictSame(await runHere(['health', '--port-file', path]), { code: 1, stdout: '', stderr })
  }
  for (const text of ['12', 'abc', 'x\n', '123456\n', '65536\n']) {
    writeFileSync(file, text)
    await health(file, `does not hold a port and a line end; ${name}`)
  }
  await health(folder, `is a folder; ${name}`)
  await health(join(file, 'x'), `cannot be read (ENOTDIR); ${name}`)
  writeFileSync(file, '')
  await health(
    file,
    `has no port (yet); start a sandbox with --port-file ${file}, or name another file`,
  )
})
