import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { copyOf, type Paths } from '../fixtures/installed.ts'

/** A code cache that V8 accepts for the bundle, whose code only prints "foreign". */
function foreignCodeFor(bundle: string): Buffer {
  const program = `
    const { Script } = require('node:vm')
    const { hash } = require('node:crypto')
    const { length } = require('node:fs').readFileSync(process.argv[1])
    const code = "(function (exports, require) { if (require) { console.log('foreign'); process.exit() } })"
    const script = new Script(code.padEnd(length), { filename: process.argv[1] })
    script.runInThisContext()({})
    const compiled = script.createCachedData()
    process.stdout.write(Buffer.concat([hash('sha256', compiled, 'buffer'), compiled]))
  `
  return execFileSync('env', ['-i', process.execPath, '--eval', program, '--', bundle])
}

interface Origin {
  /** Changes owner, mode or kind of the code cache, its folder or the bundle. */
  readonly prepare: (paths: Paths) => void
  /** True if the program may run the cached code. */
  readonly runs: boolean
  /** The user that starts the program; default: the one that runs the tests. */
  readonly uid?: number
}

const mode =
  (name: keyof Paths, bits: number) =>
  (paths: Paths): void => {
    chmodSync(paths[name], bits)
  }
const linked =
  (name: keyof Paths) =>
  (paths: Paths): void => {
    renameSync(paths[name], `${paths[name]}.other`)
    symlinkSync(`${paths[name]}.other`, paths[name])
  }
const owned =
  (uid: number, ...names: (keyof Paths)[]) =>
  (paths: Paths): void => {
    for (const name of names) chownSync(paths[name], uid, uid)
  }

const origins: Record<string, Origin> = {
  'a file in a folder, which nobody else may write': { prepare: () => undefined, runs: true },
  'the same, in a folder that others may write': { prepare: mode('dist', 0o777), runs: true },
  'a file that its group may write': { prepare: mode('file', 0o664), runs: false },
  'a file that everybody may write': { prepare: mode('file', 0o646), runs: false },
  'a folder that its group may write': { prepare: mode('folder', 0o775), runs: false },
  'a folder that everybody may write': { prepare: mode('folder', 0o1777), runs: false },
  'a symbolic link to a file': { prepare: linked('file'), runs: false },
  'a symbolic link to a folder': { prepare: linked('folder'), runs: false },
}

const [root, user, other] = [0, 12_345, 12_346]
const originsOfOthers: Record<string, Origin> = {
  // As in the image: root builds it, and an unnamed user runs it.
  'the owner of the bundle': { prepare: () => undefined, uid: user, runs: true },
  'the user': { prepare: owned(user, 'folder', 'file'), uid: user, runs: true },
  'another user': { prepare: owned(other, 'folder', 'file'), uid: user, runs: false },
  'another user, in the folder of the owner': {
    prepare: owned(other, 'file'),
    uid: root,
    runs: false,
  },
  'the owner, in the folder of another user': {
    prepare: owned(other, 'folder'),
    uid: root,
    runs: false,
  },
  'root, for the bundle of another user': {
    prepare: owned(other, 'bundle'),
    uid: user,
    runs: false,
  },
}

t.test('attacks F6: it runs no code that another user may have written', async (t) => {
  const code = foreignCodeFor(copyOf(t).bundle)
  const check = async ([name, { prepare, runs, uid }]: [string, Origin]): Promise<void> => {
    const paths = copyOf(t)
    mkdirSync(paths.folder, { mode: 0o755 })
    writeFileSync(paths.file, code, { mode: 0o644 })
    prepare(paths)
    const child = spawn(process.execPath, [join(paths.dist, 'cli.cjs'), '--port', '0'], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {},
      ...(uid !== undefined && { uid, gid: uid }),
    })
    const closed = once(child, 'close')
    const [said] = (await once(child.stdout, 'data')) as [Buffer]
    child.kill()
    await closed
    t.match(said.toString(), runs ? /^foreign/ : /^listening on /, name)
  }
  // Only root can change the owner of files.
  const all = { ...origins, ...(process.getuid?.() === root && originsOfOthers) }
  await Promise.all(Object.entries(all).map(check))
})
