import { randomUUID } from 'node:crypto'
import { accessSync, constants, existsSync, realpathSync } from 'node:fs'
import { open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { piecesOf } from '../../base/json/lazy-list.ts'
import { DataError } from '../../wink/data.ts'
import type { SandboxState } from '../../wink/state.ts'
import { readJsonFile } from './json-file.ts'

/** How long the sandbox waits before it looks for a change again, in ms. */
const saveIntervalMs = 2_000

/** A state file that cannot be used. The message names the file and the reason. */
export class StateFileError extends Error {
  /** Always `StateFileError`. */
  override readonly name = 'StateFileError'
}

/** The file that keeps the state of a sandbox from one start to the next. */
export class StateFile {
  readonly #path: string
  readonly #state: SandboxState
  #savedRevision: number | undefined
  #timer: NodeJS.Timeout | undefined
  #saving: Promise<void> = Promise.resolve()

  constructor(path: string, state: SandboxState) {
    this.#path = path
    this.#state = state
  }

  /**
   * Imports the state from the file, if there is one. The file does not change.
   *
   * @throws StateFileError if the file cannot be read or has no valid state
   */
  load(): void {
    if (!existsSync(this.#path)) return
    const read = readJsonFile(this.#path)
    if ('failure' in read) throw this.#error(read.failure)
    try {
      this.#state.import(read.value)
    } catch (error) {
      throw error instanceof DataError ? this.#error(error.message) : error
    }
  }

  /**
   * Checks that the state can be written. Nothing changes.
   *
   * @throws StateFileError if the file cannot be written
   */
  requireWritable(): void {
    const { R_OK, W_OK, X_OK } = constants
    try {
      accessSync(join(dirname(this.#target), '/'), R_OK | W_OK | X_OK)
    } catch (error) {
      throw this.#unwritable(error)
    }
  }

  /**
   * Writes the state, and then again whenever it has changed.
   *
   * @param onError - called when a later write fails; the next one comes all the same
   * @throws StateFileError if the file cannot be written
   */
  async keep(onError: (error: unknown) => void): Promise<void> {
    await this.#save()
    const again = (): void => {
      this.#timer = setTimeout(() => {
        this.#saving = this.#save().catch(onError).then(again)
      }, saveIntervalMs).unref()
    }
    again()
  }

  /**
   * Writes the state for the last time.
   *
   * @throws StateFileError if the file cannot be written
   */
  async close(): Promise<void> {
    await this.#saving
    clearTimeout(this.#timer)
    await this.#save()
  }

  async #save(): Promise<void> {
    const { revision } = this.#state
    if (revision === this.#savedRevision) return
    try {
      const path = this.#target
      if (this.#savedRevision === undefined) await removeUnfinished(path)
      await replaceFile(path, jsonPieces(this.#state.export()))
    } catch (error) {
      throw this.#unwritable(error)
    }
    this.#savedRevision = revision
  }

  /** The file that is replaced: a symbolic link must go on leading to it. */
  get #target(): string {
    return existsSync(this.#path) ? realpathSync(this.#path) : this.#path
  }

  #unwritable(error: unknown): StateFileError {
    return this.#error(`cannot be written (${String((error as NodeJS.ErrnoException).code)})`)
  }

  #error(reason: string): StateFileError {
    return new StateFileError(`${this.#path}: ${reason}`)
  }
}

function* jsonPieces(value: object): Generator<string, undefined> {
  yield yield* piecesOf(value)
}

/** Replaces a file as a whole: whoever reads it sees the old content or the new one, also after a crash. */
async function replaceFile(path: string, content: Iterable<string>): Promise<void> {
  const unfinished = `${path}.${randomUUID()}.tmp`
  try {
    const file = await open(unfinished, 'wx', 0o600)
    try {
      await writeFile(file, content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

/** Removes what an earlier process left when it was killed while it wrote. */
async function removeUnfinished(path: string): Promise<void> {
  const folder = dirname(path)
  const start = `${basename(path)}.`
  for (const name of await readdir(folder)) {
    if (name.startsWith(start) && /^[\da-f-]{36}\.tmp$/.test(name.slice(start.length))) {
      await rm(join(folder, name), { force: true })
    }
  }
}
