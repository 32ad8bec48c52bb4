// Builds the package into dist/: the program and the library with all that they depend on, in a few files,
// which start in half the time of modules and take a tenth of the space; their types; and the files of the
// reference page.
//
//   node build.js [--no-types]     types take longer than all the rest
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

/** Bundles the program; gives the files that went into it. */
async function bundle() {
  const { metafile } = await build({
    entryPoints: ['src/cli.ts', 'src/index.ts'],
    outdir: 'dist',
    bundle: true,
    metafile: true,
    // The framework loads these only where an application has no compilers of its own.
    external: ['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler'],
    splitting: true, // what is imported on demand stays apart
    platform: 'node',
    format: 'esm',
    target: 'node20',
    minify: true,
    legalComments: 'none',
    // Some dependencies are CommonJS and call `require`, which an ES module does not have.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  })
  return Object.keys(metafile.inputs)
}

/** Writes down the licences of what is bundled, as they ask. */
function writeLicences(inputs) {
  const folders = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [])
  const notices = [...new Set(folders)].sort().flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /^licen[cs]e/i.test(name))
      .map((name) => `${folder}/${name}\n\n${readFileSync(join(folder, name), 'utf8')}`),
  )
  writeFileSync('dist/THIRD-PARTY-LICENSES.txt', notices.join(`\n${'-'.repeat(80)}\n`))
}

/** Copies the files of the reference page into a folder; the licence of what is not ours goes along. */
export function copyReference(folder) {
  mkdirSync(folder, { recursive: true })
  const files = {
    'src/reference': ['index.html', 'reference.js'],
    'node_modules/swagger-ui-dist': [
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

/** Writes the types of the library into one file, those of the schemas' library included. */
async function writeTypes() {
  const { rollup } = await import('rollup')
  const { dts } = await import('rollup-plugin-dts')
  const types = await rollup({
    input: 'src/index.ts',
    external: ['fastify', /^node:/],
    plugins: [dts({ includeExternal: ['@sinclair/typebox'] })],
  })
  await types.write({ file: 'dist/index.d.ts', format: 'es' })
}

if (import.meta.filename === process.argv[1]) {
  rmSync('dist', { recursive: true, force: true })
  writeLicences(await bundle())
  copyReference('dist/reference')
  if (!process.argv.includes('--no-types')) await writeTypes()
}
