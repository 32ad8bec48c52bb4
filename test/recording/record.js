// Records every answer of the built program, byte for byte, over all operations and refusals. Two recordings
// show whether a change that should change nothing did:
//
//   node test/recording/record.js > before.txt      (in the one checkout, built)
//   node test/recording/record.js > after.txt       (in the other)
//   diff before.txt after.txt
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { configurations } from './requests.js'

const instant = '2026-01-14T09:30:00Z'

/** The parts of answers that differ from run to run. */
const varying = [
  [/^Date: .*$/gim, 'Date: <date>'],
  [/"durationMs":[\d.e-]+/g, '"durationMs":<ms>'],
  [/"uptimeSeconds":[\d.e-]+/g, '"uptimeSeconds":<seconds>'],
]

/** An answer without what differs from run to run, the lengths of texts (and of their chunks) that hold a duration included. */
function comparable(answer) {
  const text = varying.reduce((rest, [from, to]) => rest.replace(from, to), answer)
  return /<ms>|<seconds>/.test(text)
    ? text.replace(/^content-length: .*$|\r\n[\da-f]+\r\n/gim, '')
    : text
}

/** Starts the built program with these settings. */
async function start(flags) {
  const program = spawn(
    process.execPath,
    ['dist/cli.cjs', '--port', '0', '--seed', '1', '--log-level', 'silent', ...flags],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let said = ''
  for await (const chunk of program.stdout.iterator({ destroyOnReturn: false })) {
    said += chunk
    if (said.includes('\n')) break
  }
  return { program, port: Number(/:(\d+)\n/.exec(said)[1]) }
}

/** Sends bytes on a connection of their own; gives what comes back, and how the connection ended. */
function exchange(port, bytes) {
  return new Promise((resolve) => {
    let answer = ''
    let end = 'closed'
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'))
    socket
      .on('data', (chunk) => (answer += chunk.toString('latin1')))
      .on('error', ({ code }) => (end = code))
      .on('close', () => resolve(`${answer}\n[${end}]`))
  })
}

/** The bytes of a request; its body, if it has one, gets the length that it has. */
function bytesOf({ line, headers = [], body, raw }) {
  if (raw !== undefined) return raw
  const length = body === undefined ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]
  const text = body === undefined ? '' : Buffer.from(body).toString('latin1')
  const head = [`${line} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...headers, ...length]
  return `${head.join('\r\n')}\r\n\r\n${text}`
}

/** Names in a request what an answer before it gave. */
const withKnown = (bytes, known) =>
  bytes.replace(/<(\w+)>/g, (text, name) => known.get(name) ?? text)

for (const { name, flags, requests } of configurations) {
  const { program, port } = await start(flags)
  const known = new Map()
  for (const request of requests(instant)) {
    const bytes = withKnown(bytesOf(request), known)
    const answer = await exchange(port, bytes)
    for (const [what, pattern] of Object.entries(request.keep ?? {})) {
      known.set(what, pattern.exec(answer)?.[1] ?? '')
    }
    process.stdout.write(`### ${name}: ${request.name}\n${comparable(answer)}\n`)
  }
  program.kill()
  await once(program, 'close')
}
