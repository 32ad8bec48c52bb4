#!/usr/bin/env node
// The installed program, `dist/cli.cjs`. It runs the bundle with a code cache that V8 wrote at an earlier start,
// which saves a third of the time. The compile cache of Node.js holds only the functions that are compiled while a
// file is loaded; nearly all are compiled at their first call. The build turns this file into CommonJS: the loader of
// ES modules costs 4 ms and 1.5 MB.
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

/** The name of the bundle beside this file, with a hash of its content; the build defines it. */
declare const bundleName: string

/** Time after the start, in ms, by which the code for the first requests is compiled. */
const cacheDelayMs = 250

const filename = join(__dirname, bundleName)
/** A separate folder, because a umask of 002 leaves the one around it writable by a group. */
const cacheFolder = join(__dirname, 'compiled')
const cacheName = join(cacheFolder, `${bundleName}.${process.version}-${process.arch}.cache`)

/** Reads a file into a buffer that is larger than the file. */
function read(name: string, flags: number, memory: Buffer): { bytes: Buffer; stats: Stats } {
  const file = openSync(name, flags)
  try {
    return { bytes: memory.subarray(0, readSync(file, memory)), stats: fstatSync(file) }
  } finally {
    closeSync(file)
  }
}

/** The id of the current user; undefined on Windows. */
const user = process.geteuid?.()
/** No cache without file owners, which tell whose code it is, or if the variable of Node.js turns caches off. */
const isOff = user === undefined || process.env['NODE_DISABLE_COMPILE_CACHE'] !== undefined

/** Only this user can have written it, or the owner of the bundle, who can change the bundle as well. */
const isTrusted = ({ uid, mode }: Stats, bundle: Stats): boolean =>
  (uid === bundle.uid || uid === user) && (mode & 0o022) === 0

function isFolderTrusted(bundle: Stats): boolean {
  const stats = lstatSync(cacheFolder)
  return stats.isDirectory() && isTrusted(stats, bundle)
}

/** A cache file begins with its checksum: V8 does not detect damaged code. */
const checksumOf = (compiled: Buffer): Buffer => hash('sha256', compiled, 'buffer')
const checksumBytes = 32

/** The code cache; undefined if it is missing, damaged or possibly another user's. */
function readCache(bundle: Stats, memory: Buffer): Buffer | undefined {
  try {
    if (!isFolderTrusted(bundle)) return undefined
    // Follow no symbolic link; do not wait for the other end of a pipe.
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
    const { bytes, stats } = read(cacheName, flags, memory)
    const compiled = bytes.subarray(checksumBytes)
    const isWhole = checksumOf(compiled).equals(bytes.subarray(0, checksumBytes))
    return stats.isFile() && isTrusted(stats, bundle) && isWhole ? compiled : undefined
  } catch {
    return undefined
  }
}

/** Writes the code cache. Ignores failures: the package may be read-only, or the disk full. */
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

/** Removes a file; ignores failures. */
function remove(name: string): void {
  try {
    rmSync(name, { force: true })
  } catch {
    // An unfinished file is never read.
  }
}

/** Loads the bundle: its exports, its script and the stats of its file. */
function load() {
  // Both files are read into one buffer: most of the cost of reading is touching memory for the first time.
  const memory = Buffer.allocUnsafeSlow(4 * 1024 * 1024)
  const { bytes, stats } = read(filename, constants.O_RDONLY, memory)
  // The build writes ASCII; this encoding reads it fastest.
  const source = bytes.toString('latin1')
  const cachedData = isOff ? undefined : readCache(stats, memory)
  const script = new Script(source, { filename, ...(cachedData && { cachedData }) })
  const run = script.runInThisContext() as (...values: unknown[]) => void
  const bundle = { exports: {} as { main: () => Promise<void> } }
  run(bundle.exports, require, bundle, filename, __dirname)
  return { script, stats, ...bundle.exports }
}

/** Runs the program and then writes the code cache. */
async function launch(): Promise<void> {
  const { script, stats, main } = load()
  await main()
  // V8 rejects the cache of another build of itself.
  if (isOff || script.cachedDataRejected === false) return
  setTimeout(() => {
    writeCache(script, stats)
  }, cacheDelayMs).unref()
}

void launch()
