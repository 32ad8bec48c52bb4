import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { sandboxErrorOf } from '../../src/cli/sandbox-error.ts'
import { runHere } from '../fixtures/program.ts'
import { projectText, projectUrl } from '../fixtures/project.ts'
import { rawReceiver, receiver } from '../fixtures/receiver.ts'
import { entity } from '../fixtures/requests.ts'
import { selfSigned } from '../fixtures/self-signed.ts'
import { listening, tls } from '../fixtures/wire.ts'

const pem = (name: string): string => fileURLToPath(projectUrl(`test/fixtures/tls/${name}.pem`))
const words: readonly (readonly string[])[] = [
  ['requests'],
  ['trigger', 'booking.create', '--managing-entity', entity],
]

t.test('--tls-cert alone: a command speaks https and trusts the certificate', async (t) => {
  const { url } = await listening(t, { tls, host: '0.0.0.0' })
  const { port } = new URL(url)
  const says = { requests: /^$/, trigger: /^booking\.create, event / }
  // The certificate is for localhost, 127.0.0.1 and ::1.
  for (const address of [
    ['--port', port],
    ['--port', port, '--host', '127.0.0.2'],
    ['--url', `https://localhost:${port}`],
  ]) {
    for (const [word = '', ...own] of words) {
      const end = await runHere([word, ...own, ...address, '--tls-cert', pem('cert')])
      t.match(end, { stdout: says[word as keyof typeof says], stderr: '' }, address.join(' '))
    }
  }
  t.match(await runHere(['health'], { PORT: port, WINK_MOCK_TLS_CERT: pem('cert') }), { code: 0 })
  t.match(await runHere(['health', '--url', `https://127.0.0.1:${port}`]), { code: 0 })
})

t.test('an authority is trusted for the names that it has signed', async (t) => {
  const signed = {
    cert: projectText('test/fixtures/tls/signed.pem'),
    key: projectText('test/fixtures/tls/signed-key.pem'),
  }
  const { url } = await listening(t, { tls: signed })
  const { port } = new URL(url)
  const authority = join(t.testdir({ 'authority.pem': selfSigned.cert }), 'authority.pem')
  const flags = ['requests', '--port', port, '--tls-cert', authority]
  t.match(await runHere([...flags, '--host', 'localhost']), { code: 0, stderr: '' })
  t.match(await runHere(flags), {
    code: 1,
    stderr: `wink-webhook-mock: no sandbox answers at https://127.0.0.1:${port}: its certificate is for another host than 127.0.0.1; ${authority} is not the certificate of this sandbox\n`,
  })
})

t.test('what fails on the way to a sandbox: address, cause and remedy', async (t) => {
  const secure = new URL((await listening(t, { tls })).url).port
  const plain = new URL((await listening(t)).url).port
  const other = await receiver(t, (_request, response) => response.writeHead(404).end('x'))
  const noise = await rawReceiver(t, (socket) => socket.end('noise\r\n\r\n'))
  const upgrading = await rawReceiver(t, (socket) => {
    socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n')
  })
  const start =
    'start one with wink-webhook-mock, or name another with --url, --port-file or --port'
  const cases: { argv: string[]; says: string }[] = [
    {
      argv: ['--port', secure],
      says: `http://127.0.0.1:${secure}: it closed the connection without an answer; if it speaks https, give its certificate with --tls-cert`,
    },
    {
      argv: ['--url', `https://127.0.0.1:${secure}`],
      says: `https://127.0.0.1:${secure}: its certificate is self-signed; give its certificate with --tls-cert, or name another with --url`,
    },
    {
      argv: ['--port', plain, '--tls-cert', pem('cert')],
      says: `https://127.0.0.1:${plain}: 127.0.0.1:${plain} does not speak TLS, or only old versions; if it speaks http, leave out --tls-cert (or its variable)`,
    },
    {
      argv: ['--url', `https://127.0.0.1:${plain}`],
      says: `https://127.0.0.1:${plain}: 127.0.0.1:${plain} does not speak TLS, or only old versions; if it speaks http, name it with http://127.0.0.1:${plain}`,
    },
    {
      argv: ['--port', secure, '--tls-cert', pem('signed')],
      says: `https://127.0.0.1:${secure}: its certificate is self-signed; ${pem('signed')} is not the certificate of this sandbox`,
    },
    { argv: ['--url', other], says: `${other}: answered 404 with what no sandbox sends; ${start}` },
    {
      argv: ['--url', 'http://nowhere.invalid'],
      says: `http://nowhere.invalid: DNS knows no host nowhere.invalid; ${start}`,
    },
    {
      argv: ['--url', upgrading],
      says: `${upgrading}: it switched to another protocol; ${start}`,
    },
    {
      argv: ['--url', noise],
      says: `${noise}: its answer is not HTTP: Expected HTTP/, RTSP/ or ICE/; ${start}`,
    },
  ]
  for (const { argv, says } of cases) {
    for (const word of [...words, ['requests', '--follow']]) {
      const end = await runHere([...word, ...argv])
      const stderr = `wink-webhook-mock: no sandbox answers at ${says}\n`
      t.strictSame(end, { code: 1, stdout: '', stderr }, [...word, ...argv].join(' '))
    }
  }
})

t.test('the certificate of the sandbox has expired: it is not taken for another', (t) => {
  const expired = Object.assign(new Error('expired'), { code: 'CERT_HAS_EXPIRED' })
  const { message } = sandboxErrorOf(expired, 'https://127.0.0.1:1', { tlsCert: 'cert.pem' })
  t.equal(
    message,
    'no sandbox answers at https://127.0.0.1:1: its certificate has expired; start it with a certificate that is valid now',
  )
  t.end()
})

t.test('a certificate that cannot be used: exit code 2, and one line', async (t) => {
  const { url } = await listening(t)
  const file = join(t.testdir({ 'x.pem': 'x' }), 'x.pem')
  for (const [path, says] of [
    ['none.pem', 'cannot be read (ENOENT)'],
    [file, 'must be a certificate in PEM'],
  ] as const) {
    const stderr = `wink-webhook-mock: --tls-cert ${path} ${says}\n`
    for (const word of words) {
      const end = await runHere([...word, '--url', url, '--tls-cert', path])
      t.strictSame(end, { code: 2, stdout: '', stderr }, path)
    }
  }
})
