import { createServer as createHttpsServer } from 'node:https'
import t from 'tap'
import { type AttemptSettings } from '../../../src/control/deliveries/attempt.ts'
import { send } from '../../fixtures/attempts.ts'
import { listenOn, rawReceiver, receiver } from '../../fixtures/receiver.ts'
import { selfSigned } from '../../fixtures/self-signed.ts'

t.test('DNS, routes and other errors of a connection are named', async (t) => {
  for (const [code, failure, error] of [
    ['ENOTFOUND', 'unreachable', 'DNS knows no host receiver.test'],
    ['EAI_AGAIN', 'unreachable', 'DNS gave no answer about receiver.test'],
    ['EHOSTUNREACH', 'unreachable', 'there is no way to receiver.test:80'],
    ['ENETUNREACH', 'unreachable', 'there is no way to receiver.test:80'],
    ['ETIMEDOUT', 'unreachable', 'receiver.test:80 accepts no connection'],
    ['EPIPE', 'closed', 'it closed the connection while the event was sent'],
    ['CERT_HAS_EXPIRED', 'tls', 'its certificate has expired'],
    [
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'tls',
      'its certificate is for another host than receiver.test',
    ],
    ['EMFILE', 'other', 'it failed: EMFILE of the system'],
  ]) {
    const outcome = await send('http://receiver.test/', {
      lookup: (_hostname, _options, callback) => {
        callback(Object.assign(new Error(`${code} of the system`), { code }), [])
      },
    })
    t.match(outcome, { failure, error })
    t.equal(outcome.status, undefined)
  }
  t.match(await send('http://receiver.invalid/'), { failure: 'unreachable', error: /^DNS / })
  t.match(await send('https://receiver.invalid/'), { failure: 'unreachable', error: /^DNS / })
})

t.test('a certificate is verified, unless the settings say not to', async (t) => {
  const server = createHttpsServer(selfSigned, (_request, response) => response.end('stored'))
  const url = `https://127.0.0.1:${await listenOn(t, server)}`
  t.match(await send(url), { failure: 'tls', error: 'its certificate is self-signed' })
  const outcome = await send(url, { insecureTls: true })
  t.match(outcome, { status: 200, error: undefined })
  t.type(outcome.firstByteMs, 'number')
})

t.test('https to a receiver that speaks http', async (t) => {
  const url = await rawReceiver(t, (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  const { host } = new URL(url)
  t.match(await send(url.replace('http:', 'https:')), {
    failure: 'tls',
    error: `${host} does not speak TLS, or only old versions; is it http?`,
  })
})

t.test('link-local and metadata addresses are refused in every notation', async (t) => {
  for (const host of [
    '169.254.169.254',
    '0xa9fea9fe',
    '2852039166',
    '0251.0376.0251.0376',
    '[fe80::1]',
    '[febf::1]',
    '[::ffff:169.254.0.1]',
    '[::169.254.169.254]',
    '[64:ff9b::169.254.169.254]',
    '[2002:a9fe:a9fe::1]',
    '[::ffff:0:a9fe:a9fe]',
    '[64:ff9b:1::a9fe:a9fe]',
    '[64:ff9b:1:a9fe:a9:fe00::]',
    '[2001:0:4136:e378:8000:63bf:5601:5601]',
    '[fec0::1]',
    '[::100.100.100.200]',
    '[64:ff9b::168.63.129.16]',
    '[2002:6464:64c8::]',
    '[::ffff:0:c000:c0]',
    '[fd00:ec2::254]',
    '[fd20:ce::254]',
    '100.100.100.200',
    '168.63.129.16',
    'metadata.google.internal',
    'Metadata.Google.Internal.',
    'instance-data',
  ]) {
    const outcome = await send(`http://${host}/latest/meta-data`, {
      timeoutMs: 50,
      lookup: () => {
        t.fail('it is not looked up')
      },
    })
    t.match(
      outcome,
      { failure: 'forbidden-address', error: /link-local or metadata address, to which/ },
      host,
    )
  }
})

t.test('a name is checked by the address that is connected to', async (t) => {
  const url = await receiver(t, (_request, response) => response.end())
  const { port } = new URL(url)
  const target = `http://receiver.test:${port}`
  const answers = [
    [
      { address: '169.254.169.254', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ],
    [
      { address: '169.254.169.254', family: 4 },
      { address: 'fe80::1%lo0', family: 6 },
    ],
  ]
  const next: AttemptSettings['lookup'] = (_hostname, _options, callback) => {
    callback(null, answers.shift() ?? [])
  }
  t.match(await send(target, { lookup: next }), { status: 200 }, 'the other address is used')
  t.match(await send(target, { lookup: next }), {
    failure: 'forbidden-address',
    error:
      'receiver.test is at 169.254.169.254 and fe80::1%lo0, which is a link-local or metadata address, to which the sandbox never connects',
  })
})

t.test('a name without an address is told apart from an unknown one', async (t) => {
  const outcome = await send('http://receiver.test/', {
    lookup: (_hostname, _options, callback) => {
      callback(null, [])
    },
  })
  t.match(outcome, {
    failure: 'unreachable',
    error: 'DNS knows no address of receiver.test',
  })
})

t.test('localhost and the names below it are this machine (RFC 6761 §6.3)', async (t) => {
  const url = await receiver(t, (_request, response) => response.end())
  for (const host of ['localhost', 'localhost.', 'app.localhost', 'A.B.LOCALHOST.']) {
    const outcome = await send(url.replace('127.0.0.1', host), {
      lookup: () => {
        t.fail('DNS is not asked')
      },
    })
    t.match(outcome, { status: 200 }, host)
  }
})
