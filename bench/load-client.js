// Sends create requests over persistent connections, in bursts to one server or to several in turn, so that other work of
// the machine affects all alike. Each connection sends its next request as soon as it has an answer. The client writes
// HTTP by hand to cost less than the servers. It stops at any answer other than 201: a fast refusal is no result.
import { once } from 'node:events'
import { connect } from 'node:net'
import { setImmediate } from 'node:timers'
import { cpuSecondsOf } from './processes.js'
import { quantile } from './statistics.js'
import { bytesOf, shapes } from './requests.js'

const { servers, connections, requests, burst, shape, first, path, isAlone } = JSON.parse(
  process.argv[2],
)

const bytesOfRequest = (number) => {
  const request = shapes[shape](number)
  return bytesOf(path ? { ...request, path } : request)
}

/** True if an answer is complete. */
const isComplete = (text) => {
  const head = text.indexOf('\r\n\r\n')
  if (head < 0) return false
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, head + 2))
  return length ? text.length >= head + 4 + Number(length[1]) : text.endsWith('\r\n0\r\n\r\n')
}

const fail = (why) => {
  console.error(why)
  process.exit(1)
}

/** Sends one request and waits for its answer. */
const exchange = (socket, bytes, answered) => {
  let text = ''
  const read = (chunk) => {
    text += chunk
    if (!isComplete(text)) return
    if (!text.startsWith('HTTP/1.1 201')) fail(`it answered ${text.slice(0, 1000)}`)
    socket.off('data', read)
    answered()
  }
  socket.on('data', read)
  socket.write(bytes)
}

/** A server, with its figures so far. */
class Target {
  sockets = []
  latencies = []
  seconds = 0
  cpuSeconds = 0
  sent = 0

  constructor({ port, pid }) {
    this.port = port
    this.pid = pid
  }

  async open() {
    while (this.sockets.length < connections) {
      const socket = connect({ port: this.port, host: '127.0.0.1', noDelay: true })
      await once(socket, 'connect')
      socket.setEncoding('latin1').on('close', () => fail('it closed a connection'))
      this.sockets.push(socket)
    }
  }

  /** Sends this many requests over all connections. */
  async send(count) {
    const cpuBefore = cpuSecondsOf(this.pid)
    const started = performance.now()
    const last = this.sent + count
    const drive = async (socket) => {
      while (this.sent < last) {
        const bytes = bytesOfRequest(first + this.sent)
        this.sent += 1
        const since = performance.now()
        await new Promise((resolve) => exchange(socket, bytes, resolve))
        this.latencies.push(performance.now() - since)
      }
    }
    await Promise.all(this.sockets.map(drive))
    this.seconds += (performance.now() - started) / 1000
    this.cpuSeconds += cpuSecondsOf(this.pid) - cpuBefore
  }

  figures() {
    const latencies = this.latencies.sort((one, other) => one - other)
    return {
      perSecond: this.sent / this.seconds,
      p50: quantile(latencies, 0.5),
      p99: quantile(latencies, 0.99),
      cpuMicroseconds: (this.cpuSeconds / this.sent) * 1e6,
    }
  }
}

const targets = servers.map((server) => new Target(server))
for (const target of targets) await target.open()
// Waking a sleeping client would cost the server time, the more often the slower it is.
const stayAwake = () => setImmediate(stayAwake)
if (isAlone) stayAwake()
for (let round = 0; targets[0].sent < requests; round += 1) {
  for (let turn = 0; turn < targets.length; turn += 1) {
    const target = targets[(round + turn) % targets.length]
    await target.send(Math.min(burst, requests - target.sent))
  }
}
const figures = targets.map((target) => target.figures())
process.stdout.write(JSON.stringify(figures), () => process.exit(0))
