#!/usr/bin/env node
// The program as it is installed, `dist/cli.cjs`: it runs the bundle with what V8 compiled of it at an earlier
// start, which saves a third of the time. Node.js can keep such a cache too, but of what it compiles while it
// loads a file, not of the functions that are compiled as they are first called: those are nearly all.
// The build makes CommonJS of it, as Node.js takes 4 ms and 1.5 MB to set up what loads ES modules.
import { hash } from 'node:crypto'
import { closeSync, openSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Script } from 'node:vm'

/** The name of the bundle beside this file; the build knows it. It changes with what is in it. */
declare const bundleName: string

/** When the first requests have been answered and what they need is compiled, in ms after the start. */
const compiledByThenMs = 250

const filename = join(__dirname, bundleName)
/** As Node.js calls it for its own. */
const isOff = process.env['NODE_DISABLE_COMPILE_CACHE'] !== undefined
const cacheName = `${filename}.${process.version}-${process.arch}.cache`

/** Reads a file into memory that is larger than it. */
function read(name: string, memory: Buffer): Buffer {
  const file = openSync(name, 'r')
  try {
    return memory.subarray(0, readSync(file, memory))
  } finally {
    closeSync(file)
  }
}

/** What a file of compiled code begins with: V8 would run whatever stands there in place of what it wrote. */
const checksumOf = (compiled: Buffer): Buffer => hash('sha256', compiled, 'buffer')
const checksumBytes = 32

/** What was compiled before; nothing at the first start, where it is damaged, and where nothing can be kept. */
function readCache(memory: Buffer): Buffer | undefined {
  try {
    const file = read(cacheName, memory)
    const compiled = file.subarray(checksumBytes)
    return checksumOf(compiled).equals(file.subarray(0, checksumBytes)) ? compiled : undefined
  } catch {
    return undefined
  }
}

/** Keeps what is compiled by now. It is a convenience: the package may be read-only, or a disk full. */
function writeCache(script: Script): void {
  const unfinished = `${cacheName}.${process.pid}`
  try {
    const compiled = script.createCachedData()
    writeFileSync(unfinished, Buffer.concat([checksumOf(compiled), compiled]))
    renameSync(unfinished, cacheName) // Another process may be reading it.
  } catch {
    rmSync(unfinished, { force: true })
  }
}

/** Loads the bundle; gives what it offers, and its script. */
function load() {
  // Most of what it takes to read files is to touch memory for the first time: both are read into the same.
  const memory = Buffer.allocUnsafeSlow(4 * 1024 * 1024)
  // The build writes ASCII, which is read soonest as what it is.
  const source = read(filename, memory).toString('latin1')
  const cachedData = isOff ? undefined : readCache(memory)
  const script = new Script(source, { filename, ...(cachedData && { cachedData }) })
  const run = script.runInThisContext() as (...values: unknown[]) => void
  const bundle = { exports: {} as { main: () => Promise<void> } }
  run(bundle.exports, require, bundle, filename, __dirname)
  return { script, ...bundle.exports }
}

/** Runs the program; once it serves, keeps what is compiled of it. */
async function launch(): Promise<void> {
  const { script, main } = load()
  await main()
  // Refused is what another build of V8 has made.
  if (isOff || script.cachedDataRejected === false) return
  setTimeout(() => {
    writeCache(script)
  }, compiledByThenMs).unref()
}

void launch()
