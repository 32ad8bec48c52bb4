// The commands that make other sandboxes answer the measured request with 201, with their logs off if possible.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const modules = here('node_modules')
const program = (path) => join(modules, path)
const contract = here('openapi.json')

/** Package and start command of each, by name. */
export const peers = {
  prism: {
    packageName: '@stoplight/prism-cli',
    wordsAt: (port) =>
      [
        [program('@stoplight/prism-cli/dist/index.js'), 'mock', contract],
        ['--errors', '--port', String(port), '--verboseLevel', 'silent'],
      ].flat(),
  },
  mockoon: {
    packageName: '@mockoon/cli',
    wordsAt: (port) =>
      [
        [program('@mockoon/cli/bin/run.js'), 'start', '--data', contract],
        ['--port', String(port), '--disable-log-to-file', '--disable-admin-api'],
      ].flat(),
  },
  'json-server': { packageName: 'json-server', wordsAt: () => [here('servers/json-server.js')] },
  'openapi-backend': {
    packageName: 'openapi-backend',
    wordsAt: () => [here('servers/openapi-backend.js')],
  },
  mockttp: { packageName: 'mockttp', wordsAt: () => [here('servers/mockttp.js')] },
  steady: {
    packageName: '@stdy/cli',
    wordsAt: (port) =>
      [
        [program('@stdy/cli/steady.js'), '--host', '127.0.0.1', '--port', String(port)],
        ['--quiet', contract],
      ].flat(),
  },
}

/** Resolves a package from the folder of another, as Node.js does. */
function folderOf(name, from) {
  const folder = join(from, 'node_modules', name)
  if (existsSync(join(folder, 'package.json'))) return folder
  return from === dirname(modules) ? undefined : folderOf(name, dirname(from))
}

const filesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules') return []
    const path = join(entry.parentPath, entry.name)
    return entry.isDirectory() ? filesIn(path) : [path]
  })

/** Size of a package with all its dependencies, in bytes. */
export function installedBytes(name) {
  if (name === undefined) return undefined
  const folders = new Set()
  const add = (wanted, from) => {
    const folder = folderOf(wanted, from)
    if (folder === undefined || folders.has(folder)) return
    folders.add(folder)
    const own = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const needed = { ...own.dependencies, ...own.optionalDependencies, ...own.peerDependencies }
    for (const other of Object.keys(needed)) add(other, folder)
  }
  add(name, dirname(modules))
  const files = [...folders].flatMap(filesIn)
  return files.reduce((bytes, file) => bytes + statSync(file).size, 0)
}
