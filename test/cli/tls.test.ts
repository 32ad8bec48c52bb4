import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { get } from 'node:https'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { greeting, run, runHere } from '../fixtures/program.ts'
import { projectUrl } from '../fixtures/project.ts'
import { tls } from '../fixtures/wire.ts'

const pem = (name: string): string => fileURLToPath(projectUrl(`test/fixtures/tls/${name}.pem`))
const flags = (cert: string, key: string): string[] => [
  '--port',
  '0',
  '--tls-cert',
  cert,
  '--tls-key',
  key,
]

t.test('--tls-cert and --tls-key: the program speaks https', async (t) => {
  const argv = flags(pem('cert'), pem('key'))
  t.match(await runHere(['--check', ...argv]), { code: 0, stdout: 'ok\n' })
  const program = run(t, argv)
  const { url, hint } = await greeting(program)
  t.match(url, /^https:\/\/127\.0\.0\.1:\d+$/)
  t.match(hint, `curl -i --cacert '${pem('cert')}' ${url}/api/`)
  const asked = get(`${url}/__admin/health`, { ca: tls.cert, agent: false })
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  t.equal(response.resume().statusCode, 200)
  program.process.kill('SIGTERM')
  t.match(await program.exit, { code: 0 })
})

t.test('what is wrong with a certificate or a key is one line on stderr', async (t) => {
  const cases = [
    { cert: 'none.pem', key: pem('key'), says: '--tls-cert none.pem cannot be read (ENOENT)' },
    { cert: pem('cert'), key: '.', says: '--tls-key . cannot be read (EISDIR)' },
    {
      cert: pem('cert'),
      key: pem('other-key'),
      says: `--tls-cert ${pem('cert')} and --tls-key ${pem('other-key')} must be a certificate and its private key in PEM, without a passphrase: key values mismatch`,
    },
  ]
  for (const { cert, key, says } of cases) {
    const exit = await runHere(flags(cert, key))
    t.strictSame(exit, { code: 2, stdout: '', stderr: `wink-webhook-mock: ${says}\n` })
  }
})
