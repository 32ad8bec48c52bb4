// Installs the package into an empty project.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { here } from './servers.js'
import { sum } from './statistics.js'

/** Size of all files in a folder, in bytes. */
export const sizeOf = (folder) =>
  sum(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).size),
  )

/**
 * Packs and installs the built package.
 *
 * @returns the path of its `cli`, the `bytes` of the installation, those of its code, and `remove`
 */
export function install() {
  const folder = mkdtempSync(join(tmpdir(), 'wink-webhook-mock-'))
  const npm = (words, cwd) =>
    execFileSync('npm', words, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  const packed = npm(
    ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder],
    here('..'),
  )
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--silent']
  npm(['install', ...flags, join(folder, packed.trim())], folder)
  const modules = join(folder, 'node_modules')
  const dist = join(modules, 'wink-webhook-mock', 'dist')
  return {
    cli: join(dist, 'cli.cjs'),
    bytes: sizeOf(modules),
    bundleBytes: sum(
      readdirSync(dist)
        .filter((name) => /\.c?js$/.test(name))
        .map((name) => statSync(join(dist, name)).size),
    ),
    remove: () => rmSync(folder, { recursive: true }),
  }
}
