import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { copyOf, type Paths } from '../fixtures/installed.ts'
import { greeting } from '../fixtures/program.ts'
import { entity, webhooksOf } from '../fixtures/requests.ts'

// The code cache of the installed program, dist/cli.cjs, which `npm test` builds first.

interface StartOptions {
  readonly env?: Record<string, string>
  /** Shell commands before the start. */
  readonly before?: string
}

/** Starts the program, sends a request, waits until the code cache is written, and stops it. */
async function served(dist: string, { env = {}, before = 'umask 022' }: StartOptions = {}) {
  const command = `${before}; exec "$0" "$@"`
  const words = [process.execPath, join(dist, 'cli.cjs'), '--port', '0', '--log-level', 'warn']
  const child = spawn('/bin/sh', ['-c', command, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  })
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const closed = once(child, 'close')
  const { url } = await greeting({ process: child })
  // Timers fire in order: the answer comes after the delay of the code cache.
  const fault = JSON.stringify({ effect: { delayMs: 300 } })
  const armed = { method: 'POST', headers: { 'content-type': 'application/json' }, body: fault }
  await fetch(`${url}/__admin/faults`, armed)
  const headers = { authorization: 'Bearer t' }
  const { status } = await fetch(`${url}${webhooksOf(entity)}/list`, { headers })
  child.kill()
  const [code] = (await closed) as [number | null]
  return { status, code, stderr }
}

const well = { status: 200, code: 0, stderr: '' }

t.test('it keeps what is compiled of it, and makes anew what is damaged', async (t) => {
  const { dist, folder, file } = copyOf(t)
  const other = copyOf(t)
  const without = served(other.dist, { env: { NODE_DISABLE_COMPILE_CACHE: '1' } })
  t.match(await served(dist), well)
  t.match(await without, well)
  t.equal(readdirSync(other.dist).length, 2, 'nothing where it must not')
  t.strictSame(readdirSync(folder), [file.slice(folder.length + 1)], 'one file')
  const whole = readFileSync(file)
  t.match(await served(dist), well)
  t.ok(readFileSync(file).equals(whole), 'it is used, and not written again')
  const half = whole.length / 2
  const check = async ({ dist, folder, file }: Paths, broken: Buffer): Promise<void> => {
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    writeFileSync(file, broken, { mode: 0o644 })
    t.match(await served(dist), well)
    const anew = readFileSync(file)
    t.ok(anew.length > half && !anew.equals(broken))
  }
  await Promise.all([
    check(copyOf(t), Buffer.from('no compiled code')),
    check(copyOf(t), Buffer.from(whole).fill(0, half)),
  ])
})

/** Obstacles to writing the code cache. */
const obstacles: Record<string, (paths: Paths) => void> = {
  'a directory in its place': ({ file }) => mkdirSync(file, { recursive: true }),
  'a directory in its place that is not empty': ({ file }) =>
    mkdirSync(join(file, 'x'), { recursive: true }),
  'a file in the place of the folder': ({ folder }) => {
    writeFileSync(folder, '')
  },
  'a link that leads nowhere in the place of the folder': ({ folder }) => {
    symlinkSync('/nowhere/at/all', folder)
  },
  'a link in its place': ({ folder, file }) => {
    mkdirSync(folder)
    symlinkSync('/dev/full', file)
  },
  'a pipe in its place': ({ folder, file }) => {
    mkdirSync(folder)
    execFileSync('mkfifo', [file])
  },
  'a folder that cannot be written': ({ dist, folder }) => {
    mkdirSync(folder)
    chmodSync(folder, 0o555)
    chmodSync(dist, 0o555)
  },
}

t.test('attacks F6: whatever is in its way, it serves and says nothing', async (t) => {
  const check = async (name: string, prepare: (paths: Paths) => void): Promise<void> => {
    const paths = copyOf(t)
    prepare(paths)
    t.match(await served(paths.dist), well, name)
    chmodSync(paths.dist, 0o755)
  }
  await Promise.all(Object.entries(obstacles).map(([name, prepare]) => check(name, prepare)))
})

t.test('attacks F6: a disk that is full leaves no half of a file behind', async (t) => {
  const { dist, folder } = copyOf(t)
  // Beyond this limit, a program that handles the signal cannot write, as on a full disk.
  const takesSignal = "process.on('SIGXFSZ', () => undefined)"
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(takesSignal)}` }
  t.match(await served(dist, { before: 'ulimit -f 64', env }), well)
  t.strictSame(readdirSync(folder), [])
})

t.test('attacks F6: nobody else may write what it keeps, whatever the umask', async (t) => {
  const { dist, folder, file } = copyOf(t)
  chmodSync(dist, 0o777)
  t.match(await served(dist, { before: 'umask 000' }), well)
  t.equal(statSync(folder).mode & 0o777, 0o755)
  t.equal(statSync(file).mode & 0o777, 0o644)
})
