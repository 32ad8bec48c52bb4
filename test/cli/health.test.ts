import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type AddressInfo, type Server } from 'node:net'
import t, { type Test } from 'tap'
import { parseCommand } from '../../src/cli/command.ts'
import { findHealthProblem } from '../../src/cli/health.ts'
import { greeting, run, runHere } from '../fixtures/program.ts'
import { receiver } from '../fixtures/receiver.ts'
import { listening, tls } from '../fixtures/wire.ts'

/** Runs the health check with these flags. */
async function health(...flags: string[]): Promise<string | undefined> {
  const command = parseCommand(['health', ...flags], {})
  if (command.kind !== 'health') throw new Error(command.kind)
  return findHealthProblem(command.config)
}

async function portOf(t: Test, server: Server): Promise<string> {
  t.teardown(() => server.close())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return String((server.address() as AddressInfo).port)
}

t.test('a sandbox that listens is up', async (t) => {
  for (const [host, asked] of [
    ['127.0.0.1', '127.0.0.1'],
    ['0.0.0.0', '0.0.0.0'],
    ['::', '::'],
    ['::1', '::1'],
  ] as const) {
    const { port } = new URL((await listening(t, { host })).url)
    t.equal(await health('--host', asked, '--port', port), undefined, host)
  }
})

t.test('a sandbox with a certificate is asked by https', async (t) => {
  const { port } = new URL((await listening(t, { tls })).url)
  t.equal(await health('--port', port, '--tls-cert', 'cert.pem'), undefined)
  t.match(await health('--port', port), /^no sandbox answers at http:.* give its certificate with/)
})

t.test(
  '--wait waits until a sandbox is up, whatever an earlier one left in the port file',
  async (t) => {
    const file = join(t.testdir({ 'port.txt': '1\n' }), 'port.txt')
    const waiting = runHere(['health', '--port-file', file, '--wait', '60'])
    const program = run(t, ['--port', '0', '--port-file', file])
    t.match(await waiting, { code: 0, stdout: 'up\n', stderr: '' })
    program.process.kill('SIGTERM')
    await program.exit
    t.notOk(existsSync(file), 'the file is gone with the sandbox')

    const place = { host: '127.0.0.1', port: 4010, portFile: file }
    const startedMs = performance.now()
    t.equal(
      await findHealthProblem(place, { waitMs: 150 }),
      `${file} has no port (yet); start a sandbox with --port-file ${file}, or name another file`,
    )
    t.ok(performance.now() - startedMs >= 149)
  },
)

t.test('--process asks the sandbox where its flags say that it listens', async (t) => {
  const free = createServer()
  const port = await portOf(t, free)
  await new Promise((resolve) => free.close(resolve))
  const program = run(t, ['--port', port, '--host', '127.0.0.2', '--log-level', 'silent'])
  await greeting(program)
  const pid = String(program.process.pid)
  t.equal(await health('--process', pid), undefined)
  t.match(
    await health('--process', pid, '--host', '127.0.0.3'),
    /^no sandbox answers at http:\/\/127\.0\.0\.3:/,
  )
  t.match(await health('--process', String(process.pid), '--port', '0'), /name the real one/)
  program.process.kill('SIGKILL')
  await program.exit
  for (const gone of [pid, '999999999999']) {
    t.match(await runHere(['health', '--process', gone]), {
      code: 1,
      stdout: '',
      stderr: `wink-webhook-mock: no process ${gone}\n`,
    })
  }
  for (const none of ['abc', '0', '-1', '1.5', '']) {
    t.match(await runHere(['health', `--process=${none}`]), {
      code: 2,
      stdout: '',
      stderr: `wink-webhook-mock: --process must be the number of a process, not "${none}"\n`,
    })
  }
})

t.test('anything else is not, and the reason is said', async (t) => {
  const closed = createServer()
  const gone = await portOf(t, closed)
  await new Promise((resolve) => closed.close(resolve))
  t.match(
    await health('--port', gone),
    /^no sandbox answers at http:\/\/127\.0\.0\.1:\d+: nobody listens at /,
  )

  const other = createHttpServer((_request, response) => response.writeHead(404).end())
  t.match(
    await health('--port', await portOf(t, other)),
    /: answered 404 with what no sandbox sends; start one/,
  )
  t.match(await health('--port', '0'), /name the real one/)
})

t.test('another server that answers 200 is no sandbox', async (t) => {
  for (const body of ['<html></html>', '', 'null', '"up"', '{}', '{"status":"UP"}']) {
    const url = await receiver(t, (_request, response) => response.end(body))
    const stderr = `wink-webhook-mock: no sandbox answers at ${url}: answered 200 with what no sandbox sends; start one with wink-webhook-mock, or name another with --url, --port-file or --port\n`
    t.strictSame(await runHere(['health', '--url', url]), { code: 1, stdout: '', stderr }, body)
  }
})

t.test('the health command: exit code 0 or 1, and one line', async (t) => {
  const { port } = new URL((await listening(t)).url)
  t.match(await runHere(['health'], { PORT: port }), { code: 0, stdout: 'up\n', stderr: '' })
  t.match(await runHere(['health', '--port', '0']), {
    code: 1,
    stdout: '',
    stderr: /^wink-webhook-mock: [^\n]+\n$/,
  })
})

t.test('a sandbox that does not answer is not up', async (t) => {
  const silent = createServer()
  silent.on('connection', (socket) => {
    t.teardown(() => socket.destroy())
  })
  const port = Number(await portOf(t, silent))
  t.match(
    await findHealthProblem({ host: '127.0.0.1', port }, { timeoutMs: 20 }),
    /: no answer within 20 ms; start one/,
  )
})
