// Asks the registry for known vulnerabilities of the packages that are bundled: npm run audit
// `npm audit` alone does not know them, as the package installs nothing. It ends with 0 if none is known, with 1 if
// one is, and with 2 if the registry gave no answer.
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A lockfile of a project that has installed these packages; two versions of one stand side by side. */
function lockfileOf(components) {
  const entries = components.map(({ name, version }) => [`${name}-${version}`, { name, version }])
  const dependencies = entries.map(([alias, { name, version }]) => [
    alias,
    `npm:${name}@${version}`,
  ])
  const installed = entries.map(([alias, entry]) => [`node_modules/${alias}`, entry])
  const root = { dependencies: Object.fromEntries(dependencies) }
  return { lockfileVersion: 3, packages: { '': root, ...Object.fromEntries(installed) } }
}

/** The report of npm's own audit of these packages. */
async function audit(components) {
  const folder = mkdtempSync(join(tmpdir(), 'wink-webhook-mock-audit-'))
  try {
    const lockfile = lockfileOf(components)
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lockfile))
    writeFileSync(join(folder, 'package.json'), JSON.stringify(lockfile.packages['']))
    // It ends with 1 both for vulnerabilities and for a registry that does not answer.
    const run = promisify(execFile)('npm', ['audit', '--json'], { cwd: folder })
    const { stdout, message } = await run.catch((error) => error)
    return stdout ? JSON.parse(stdout) : { message }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const { components } = JSON.parse(readFileSync(new URL('dist/sbom.cdx.json', import.meta.url)))
const { vulnerabilities, message } = await audit(components)
if (vulnerabilities === undefined) {
  console.error(`The registry has not told whether there are vulnerabilities: ${message}`)
  process.exit(2)
}
const found = Object.values(vulnerabilities)
for (const { range, via } of found) {
  for (const { name, severity, title, url } of via) {
    console.error(`${name} ${range}, ${severity}: ${title} (${url})`)
  }
}
console.log(`${components.length} packages are bundled, ${found.length} of them vulnerable.`)
process.exit(found.length > 0 ? 1 : 0)
