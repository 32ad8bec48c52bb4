import { once } from 'node:events'
import { connect } from 'node:net'

/** Bytes that are not an HTTP/1.1 response. */
export class Malformed extends Error {}

const endOfHead = Buffer.from('\r\n\r\n')
const statusLine = /^HTTP\/1\.1 ([1-5]\d\d) ([ -~]+)$/
const field = /^([\w!#$%&'*+\-.^`|~]+): ([ -~]*)$/

/**
 * Parses the first response of some bytes; gives it with its length, or undefined if it is incomplete.
 *
 * @throws Malformed if the bytes cannot become a response
 */
export function parseAnswer(bytes, isHead = false) {
  const end = bytes.indexOf(endOfHead)
  const text = bytes.subarray(0, end < 0 ? bytes.length : end).toString('latin1')
  if (!'HTTP/1.1 '.startsWith(text.slice(0, 9))) throw new Malformed(JSON.stringify(text))
  if (end < 0) return undefined
  const { status, reason, headers } = parseHead(text)
  const start = end + endOfHead.length
  const isBare = isHead || status < 200 || status === 204
  const body = isBare ? { length: 0 } : bodyOf(bytes.subarray(start), headers, status)
  if (body === undefined) return undefined
  return { status, reason, headers, body: body.content, length: start + body.length }
}

function parseHead(text) {
  const [first, ...lines] = text.split('\r\n')
  const [, status, reason] = statusLine.exec(first) ?? []
  if (status === undefined) throw new Malformed(`status line ${JSON.stringify(first)}`)
  const headers = new Map()
  for (const line of lines) {
    const [, name, value] = field.exec(line) ?? []
    if (name === undefined) throw new Malformed(`field ${JSON.stringify(line)}`)
    if (headers.has(name.toLowerCase())) throw new Malformed(`${name} is there twice`)
    headers.set(name.toLowerCase(), value)
  }
  return { status: Number(status), reason, headers }
}

function bodyOf(bytes, headers, status) {
  if (headers.get('transfer-encoding') === 'chunked') return chunkedBodyOf(bytes)
  const announced = headers.get('content-length')
  if (announced === undefined) throw new Malformed(`${status} of no length`)
  if (!/^\d+$/.test(announced)) throw new Malformed(`content-length ${announced}`)
  const length = Number(announced)
  return bytes.length < length ? undefined : { length, content: bytes.subarray(0, length) }
}

/** Decodes a chunked body (RFC 9112 §7.1); the server sends no extensions and no trailers. */
function chunkedBodyOf(bytes) {
  const contents = []
  for (let at = 0; ;) {
    const end = bytes.indexOf('\r\n', at)
    if (end < 0) return undefined
    const digits = bytes.subarray(at, end).toString('latin1')
    if (!/^[\da-f]+$/i.test(digits))
      throw new Malformed(`chunk of length ${JSON.stringify(digits)}`)
    const start = end + 2
    const length = Number.parseInt(digits, 16)
    at = start + length + 2
    if (bytes.length < at) return undefined
    if (bytes.subarray(at - 2, at).toString() !== '\r\n') throw new Malformed('chunk without end')
    if (length === 0) return { length: at, content: Buffer.concat(contents) }
    contents.push(bytes.subarray(start, start + length))
  }
}

/** A connection to the program, opened at its first use. */
export class Wire {
  #port
  #socket
  #wake = () => undefined

  constructor(port) {
    this.#port = port
    this.bytes = Buffer.alloc(0)
  }

  async open() {
    if (this.#socket && !this.closed) return this.#socket
    this.closed = false
    this.bytes = Buffer.alloc(0)
    const socket = connect({ port: this.#port, host: '127.0.0.1', allowHalfOpen: true })
    this.#socket = socket
    socket.on('data', (chunk) => {
      this.bytes = this.bytes.length ? Buffer.concat([this.bytes, chunk]) : chunk
      this.#wake()
    })
    socket.on('end', () => socket.destroy())
    socket.on('error', (error) => (this.error = error))
    socket.on('close', () => {
      this.closed = true
      this.#wake()
    })
    // `once` would reject; a refused connection counts as closed.
    await new Promise((resolve) => socket.once('connect', resolve).once('close', resolve))
    return socket
  }

  async send(bytes, halfClose = false) {
    const socket = await this.open()
    if (halfClose) socket.end(bytes)
    else socket.write(bytes)
  }

  /** Waits until a condition holds, the connection ends or the deadline passes. */
  async until(isSo, deadlineMs) {
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      this.#wake()
    }, deadlineMs)
    while (!isSo() && !this.closed && !isLate) {
      await new Promise((resolve) => (this.#wake = resolve))
    }
    clearTimeout(timer)
    return isLate
  }

  /**
   * Sends bytes and waits for a number of responses, the end of the connection or the deadline.
   *
   * @param methods - the methods of the requests, in their order
   */
  async ask(bytes, { answers: wanted = 1, methods = [], deadlineMs = 20_000, halfClose } = {}) {
    await this.send(bytes, halfClose)
    const answers = []
    const isComplete = () => {
      this.#take(answers, methods, wanted)
      return answers.length >= wanted
    }
    const isLate = await this.until(isComplete, deadlineMs)
    isComplete()
    return { answers, rest: this.bytes, closed: this.closed, isLate }
  }

  #take(answers, methods, wanted) {
    while (this.bytes.length > 0 && answers.length < wanted) {
      const answer = parseAnswer(this.bytes, methods[answers.length] === 'HEAD')
      if (!answer) return
      this.bytes = this.bytes.subarray(answer.length)
      if (answer.status >= 200) answers.push(answer)
    }
  }

  /** Ends the connection by RST, which leaves no port in TIME_WAIT. */
  async close() {
    if (!this.#socket || this.closed) return
    const closed = once(this.#socket, 'close')
    this.#socket.resetAndDestroy()
    await closed
  }
}

/** Sends bytes on a new connection; gives the only answer. */
export async function exchange(port, bytes, options) {
  const wire = new Wire(port)
  const { answers } = await wire.ask(bytes, options)
  await wire.close()
  if (!answers[0]) throw new Error(`no answer: ${wire.error?.message ?? 'it closed, or was late'}`)
  return answers[0]
}
