import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { buildApp } from '../../src/index.ts'
import { until } from '../fixtures/faults.ts'
import { greeting } from '../fixtures/program.ts'
import { projectUrl } from '../fixtures/project.ts'
import { requestText } from '../fixtures/wire.ts'
import { fastifyOf } from '../fixtures/sandbox.ts'

/** The program as it is shipped, behind a command of the shell. */
async function served(t: Test, before: string): Promise<{ url: string; pid: number }> {
  const words = [process.execPath, projectUrl('dist/cli.cjs').pathname, '--port', '0']
  const child = spawn('/bin/sh', ['-c', `${before}; exec "$0" "$@" --log-level silent`, ...words], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {},
  })
  t.teardown(() => child.kill('SIGKILL'))
  const { url } = await greeting({ process: child })
  return { url, pid: Number(child.pid) }
}

/** Connections on which so much has been sent. */
async function dialled(t: Test, url: string, count: number, bytes: string): Promise<Socket[]> {
  const port = Number(new URL(url).port)
  const sockets = Array.from({ length: count }, () => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined).resume()
    t.teardown(() => socket.destroy())
    return socket
  })
  await Promise.all(
    sockets.map(async (socket) => {
      await once(socket, 'connect')
      if (bytes !== '') await new Promise((resolve) => socket.write(bytes, resolve))
    }),
  )
  return sockets
}

const isServed = async (url: string): Promise<boolean> => (await fetch(`${url}/__admin/health`)).ok

t.test('connections beyond the limit of open files are closed; the others are kept', async (t) => {
  const { url } = await served(t, 'ulimit -n 60')
  const sockets = await dialled(t, url, 100, '')
  const closed = (): number => sockets.filter(({ readableEnded }) => readableEnded).length
  await until(() => closed() > 40)
  t.ok(closed() < 100, `${closed()} of 100 were closed`)
  for (const socket of sockets) socket.destroy()
  await until(() => sockets.every((socket) => socket.closed))
  // The program may not have seen yet that they are gone.
  while (!(await isServed(url).catch(() => false))) await setImmediate()
  t.pass('there is room again')
})

const noProc = !existsSync('/proc/self/status') && 'resident memory is read from /proc'

t.test(
  '2,000 heads that do not end take some 20 MB, and others are served',
  { skip: noProc },
  async (t) => {
    const { url, pid } = await served(t, 'ulimit -n 4096')
    const residentMb = (): number =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1000
    t.ok(await isServed(url))
    const before = residentMb()
    const head = requestText(undefined, { 'x-note': 'x'.repeat(100) }).split('\r\n\r\n')[0]
    await dialled(t, url, 2_000, String(head))
    t.ok(await isServed(url), 'others are served')
    const taken = residentMb() - before
    t.ok(taken < 40, `${taken} MB`)
  },
)

t.test('5,000 connections may be open by default', async (t) => {
  const app = fastifyOf(buildApp())
  t.teardown(() => app.close())
  await app.ready()
  t.equal(app.server.maxConnections, 5_000)
})
