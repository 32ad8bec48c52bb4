import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { projectUrl } from '../fixtures/project.ts'

const advisory = {
  ...{ id: 1, url: 'https://advisories.example/1', title: 'It is bad', severity: 'high' },
  ...{ vulnerable_versions: '<5', cwe: [], cvss: { score: 7, vectorString: null } },
}
const published = { name: 'sonic-boom', 'dist-tags': {}, versions: { '4.2.1': {}, '5.0.2': {} } }

/** What a registry answers when it is asked for advisories, and what the audit makes of it. */
const answers = {
  'no advisory': { status: 200, body: {}, code: 0, says: /^\d+ packages are bundled, 0 of/ },
  'an advisory': {
    status: 200,
    body: { 'sonic-boom': [advisory] },
    code: 1,
    says: /^sonic-boom <5, high: It is bad \(https:\/\/advisories\.example\/1\)\n\d+ packages are bundled, 1 of/,
  },
  'no such service': { status: 405, body: {}, code: 2, says: /^The registry has not told .*405/ },
}

/** Runs the audit against a registry of its own; gives its end, and what the registry was asked. */
async function audit(t: Test, status: number, body: object) {
  let asked: unknown
  const registry = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      if (request.url !== '/-/npm/v1/security/advisories/bulk') {
        response.end(JSON.stringify(published))
        return
      }
      asked = JSON.parse(gunzipSync(Buffer.concat(chunks)).toString())
      response.writeHead(status).end(JSON.stringify(body))
    })
  })
  registry.listen(0, '127.0.0.1')
  t.teardown(() => registry.close())
  await once(registry, 'listening')
  const { port } = registry.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/`
  // eslint-disable-next-line no-restricted-properties -- npm is found by it
  const words = ['-i', `PATH=${String(process.env['PATH'])}`, `npm_config_registry=${url}`]
  const settings = [`npm_config_cache=${t.testdir({})}`, 'npm_config_fetch_retries=0']
  const program = fileURLToPath(projectUrl('audit.js'))
  return new Promise<{ code: unknown; said: string; asked: unknown }>((resolve) => {
    execFile('env', [...words, ...settings, process.execPath, program], (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, said: stderr + stdout, asked })
    })
  })
}

for (const [name, { status, body, code, says }] of Object.entries(answers)) {
  t.test(`the audit where the registry has ${name}`, async (t) => {
    const { asked, ...result } = await audit(t, status, body)
    t.match(result, { code, said: says })
    const list = readFileSync(projectUrl('dist/sbom.cdx.json'), 'utf8')
    const { components } = JSON.parse(list) as { components: { name: string; version: string }[] }
    const versionsAsked = Object.entries(asked as Record<string, string[]>)
    t.strictSame(
      versionsAsked.flatMap(([name, list]) => list.map((version) => `${name}@${version}`)).sort(),
      components.map(({ name, version }) => `${name}@${version}`).sort(),
      'it asks about all that is bundled, and nothing else',
    )
  })
}
