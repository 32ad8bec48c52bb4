// Builds the package into dist/: the compiled program, and the files of its reference page.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)
const swaggerUi = dirname(require.resolve('swagger-ui-dist/package.json'))

/** Copies the files of the reference page into a folder; the licences of what is not ours go along. */
export function copyReference(folder) {
  mkdirSync(folder, { recursive: true })
  const files = {
    'src/reference': ['index.html', 'reference.js'],
    [swaggerUi]: [
      'swagger-ui-bundle.js',
      'swagger-ui-bundle.js.LICENSE.txt',
      'swagger-ui.css',
      'LICENSE',
      'NOTICE',
    ],
  }
  for (const [from, names] of Object.entries(files)) {
    for (const name of names) copyFileSync(join(from, name), join(folder, name))
  }
}

if (import.meta.filename === process.argv[1]) {
  rmSync('dist', { recursive: true, force: true })
  execFileSync(process.execPath, [require.resolve('typescript/lib/tsc.js')], { stdio: 'inherit' })
  copyReference('dist/reference')
}
