// Sends create requests over kept connections, in a process of its own: each connection sends its next
// request as soon as it has its answer. It speaks HTTP by hand, so that it takes less time than what it
// measures. One answer that is no 201 ends it: a fast refusal is no result.
import { once } from 'node:events'
import { connect } from 'node:net'
import { quantile } from './statistics.js'
import { bytesOf, shapes } from './requests.js'

const { port, connections, requests, shape, first = 0, path } = JSON.parse(process.argv[2])
const latencies = new Float64Array(requests)
let sent = 0
let answered = 0

const next = () => {
  const request = shapes[shape](first + sent)
  sent += 1
  return bytesOf(path ? { ...request, path } : request)
}

/** Whether this is the whole of an answer. */
const isComplete = (text) => {
  const head = text.indexOf('\r\n\r\n')
  if (head < 0) return false
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, head + 2))
  return length ? text.length >= head + 4 + Number(length[1]) : text.endsWith('\r\n0\r\n\r\n')
}

const finish = () => {
  const seconds = (performance.now() - started) / 1000
  latencies.sort()
  const [p50, p99] = [0.5, 0.99].map((share) => quantile(latencies, share))
  process.stdout.write(JSON.stringify({ perSecond: requests / seconds, p50, p99 }), () =>
    process.exit(0),
  )
}

const fail = (why) => {
  console.error(why)
  process.exit(1)
}

/** Sends requests over a connection until all are sent. */
const drive = (socket) => {
  let text = ''
  let since = 0
  const send = () => {
    if (sent === requests) return
    const bytes = next()
    since = performance.now()
    socket.write(bytes)
  }
  socket.setEncoding('latin1').on('data', (chunk) => {
    text += chunk
    if (!isComplete(text)) return
    if (!text.startsWith('HTTP/1.1 201')) fail(`it answered ${text.slice(0, 1000)}`)
    text = ''
    latencies[answered] = performance.now() - since
    answered += 1
    if (answered === requests) finish()
    else send()
  })
  socket.on('close', () => fail('it closed a connection'))
  send()
}

const sockets = []
while (sockets.length < connections) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  sockets.push(socket)
}
const started = performance.now()
for (const socket of sockets) drive(socket)
