// The third-party packages in dist/: their licences, and the list of them (CycloneDX).
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

/** A package whose files are copied, which the bundler does not know. */
const copied = 'node_modules/swagger-ui-dist'

/** The folder of a package as in npm's lockfile: from the first `node_modules` on, which may be a link. */
const packageFolder = /node_modules\/(?:.*node_modules\/)?(?:@[^/]+\/)?[^/]+/

/**
 * The packages of files, and the copied package, sorted by name.
 *
 * @param paths - paths of files, such as the inputs of esbuild's metafile
 * @throws AssertionError if the installed version differs from package-lock.json
 */
export function packagesOf(paths) {
  const folders = paths.flatMap((path) => packageFolder.exec(path) ?? [])
  const { packages: locked } = readJson('package-lock.json')
  return [...new Set([...folders, copied])].sort().map((folder) => {
    const { name, version, license } = readJson(join(folder, 'package.json'))
    assert.equal(version, locked[folder]?.version, `${folder} is not as locked: run npm ci`)
    assert.equal(typeof license, 'string', `${folder} does not say what its licence is`)
    return { folder, name, version, license, integrity: locked[folder].integrity }
  })
}

/**
 * The texts of all licences.
 *
 * @throws Error if neither a package nor `build/licences/` has a text for its version
 */
export function licencesOf(packages) {
  const texts = packages.flatMap((each) =>
    licenceFiles(each).map((path) => `${path}\n\n${readFileSync(path, 'utf8')}`),
  )
  return texts.join(`\n${'-'.repeat(80)}\n`)
}

function licenceFiles({ folder, name, version }) {
  const isNotice = (file) => /^notice/i.test(file)
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file))
  const paths = files.map((file) => join(folder, file))
  if (!files.every(isNotice)) return paths
  const kept = `build/licences/${name}@${version}.txt`
  if (existsSync(kept)) return [...paths, kept]
  throw new Error(
    `${folder} has no text of its licence: write it, and where it is from, in ${kept}`,
  )
}

/**
 * The list of packages as a CycloneDX 1.6 document, without a timestamp, so that builds are reproducible.
 *
 * @param project - the project's own package.json
 */
export const sbomOf = (packages, project) => ({
  $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: { component: componentOf('application', project) },
  components: packages.map((each) => ({
    ...componentOf('library', each),
    hashes: [{ alg: 'SHA-512', content: sha512Of(each) }],
    ...(each.folder === copied && { components: partsOf(each) }),
  })),
})

function componentOf(type, { name, version, license }) {
  // https://github.com/package-url/purl-spec: only the @ of a scope is escaped.
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
  return { type, 'bom-ref': purl, name, version, licenses: [{ expression: license }], purl }
}

/** The checksum of a published package in hexadecimal digits; npm writes base64. */
function sha512Of({ name, integrity }) {
  const [, base64] = /^sha512-(\S+)$/.exec(integrity) ?? assert.fail(`${name}: ${integrity}`)
  return Buffer.from(base64, 'base64').toString('hex')
}

/** The packages within the copied files, which are bundles themselves, from their source maps, which have no versions. */
function partsOf({ folder }) {
  const maps = ['swagger-ui-bundle.js.map', 'swagger-ui.css.map']
  const sources = maps.flatMap((map) => readJson(join(folder, map)).sources)
  const names = sources.flatMap(
    (path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
  )
  return [...new Set(names)].sort().map((name) => ({
    type: 'library',
    name,
    purl: `pkg:npm/${name.replace('@', '%40')}`,
  }))
}
