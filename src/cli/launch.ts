#!/usr/bin/env node
// The program as it is installed, `dist/cli.cjs`: it runs the bundle with what V8 compiled of it at an earlier
// start, which saves a third of the time. Node.js can keep such a cache too, but of what it compiles while it
// loads a file, not of the functions that are compiled as they are first called: those are nearly all.
// The build makes CommonJS of it, as Node.js takes 4 ms and 1.5 MB to set up what loads ES modules.
import { hash, randomUUID } from 'node:crypto'
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
  type Stats,
} from 'node:fs'
import { join } from 'node:path'
import { Script } from 'node:vm'

/** The name of the bundle beside this file; the build knows it. It changes with what is in it. */
declare const bundleName: string

/** When the first requests have been answered and what they need is compiled, in ms after the start. */
const compiledByThenMs = 250

const filename = join(__dirname, bundleName)
/** A folder of its own, as the one around it may be open to a group: a umask of 002 leaves it so. */
const cacheFolder = join(__dirname, 'compiled')
const cacheName = join(cacheFolder, `${bundleName}.${process.version}-${process.arch}.cache`)

/** Reads a file into memory that is larger than it. */
function read(name: string, flags: number, memory: Buffer): { bytes: Buffer; stats: Stats } {
  const file = openSync(name, flags)
  try {
    return { bytes: memory.subarray(0, readSync(file, memory)), stats: fstatSync(file) }
  } finally {
    closeSync(file)
  }
}

/** The user that this program runs as; Windows has no such number. */
const user = process.geteuid?.()
/** Without owners nobody can tell whose code a cache is. The variable is Node.js's own for its cache. */
const isOff = user === undefined || process.env['NODE_DISABLE_COMPILE_CACHE'] !== undefined

/** Nobody but this user, or the owner of the bundle, who can change the bundle too, can have written it. */
const isTrusted = ({ uid, mode }: Stats, bundle: Stats): boolean =>
  (uid === bundle.uid || uid === user) && (mode & 0o022) === 0

function isFolderTrusted(bundle: Stats): boolean {
  const stats = lstatSync(cacheFolder)
  return stats.isDirectory() && isTrusted(stats, bundle)
}

/** The beginning of a file of compiled code. V8 itself runs damaged code, too. */
const checksumOf = (compiled: Buffer): Buffer => hash('sha256', compiled, 'buffer')
const checksumBytes = 32

/** The compiled code of an earlier start; undefined if there is none, it is damaged or may be another user's. */
function readCache(bundle: Stats, memory: Buffer): Buffer | undefined {
  try {
    if (!isFolderTrusted(bundle)) return undefined
    // A symbolic link is not followed, and nobody waits for the other end of a pipe.
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
    const { bytes, stats } = read(cacheName, flags, memory)
    const compiled = bytes.subarray(checksumBytes)
    const isWhole = checksumOf(compiled).equals(bytes.subarray(0, checksumBytes))
    return stats.isFile() && isTrusted(stats, bundle) && isWhole ? compiled : undefined
  } catch {
    return undefined
  }
}

/** Keeps the code that is compiled by now. Failures are no matter: the package may be read-only, or a disk full. */
function writeCache(script: Script, bundle: Stats): void {
  const unfinished = join(cacheFolder, randomUUID())
  try {
    mkdirSync(cacheFolder, { recursive: true, mode: 0o755 })
    if (!isFolderTrusted(bundle)) return
    const compiled = script.createCachedData()
    const content = Buffer.concat([checksumOf(compiled), compiled])
    writeFileSync(unfinished, content, { flag: 'wx', mode: 0o644 })
    renameSync(unfinished, cacheName) // Another process may be reading it.
  } catch {
    remove(unfinished)
  }
}

/** Removes a file if that is possible. */
function remove(name: string): void {
  try {
    rmSync(name, { force: true })
  } catch {
    // The next start does without it.
  }
}

/** Loads the bundle; gives what it offers, its script, and the stats of its file. */
function load() {
  // Most of what it takes to read files is to touch memory for the first time: both are read into the same.
  const memory = Buffer.allocUnsafeSlow(4 * 1024 * 1024)
  const { bytes, stats } = read(filename, constants.O_RDONLY, memory)
  // The build writes ASCII, which is read soonest as what it is.
  const source = bytes.toString('latin1')
  const cachedData = isOff ? undefined : readCache(stats, memory)
  const script = new Script(source, { filename, ...(cachedData && { cachedData }) })
  const run = script.runInThisContext() as (...values: unknown[]) => void
  const bundle = { exports: {} as { main: () => Promise<void> } }
  run(bundle.exports, require, bundle, filename, __dirname)
  return { script, stats, ...bundle.exports }
}

/** Runs the program; once it serves, keeps what is compiled of it. */
async function launch(): Promise<void> {
  const { script, stats, main } = load()
  await main()
  // Refused is what another build of V8 has made.
  if (isOff || script.cachedDataRejected === false) return
  setTimeout(() => {
    writeCache(script, stats)
  }, compiledByThenMs).unref()
}

void launch()
