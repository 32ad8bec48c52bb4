// Sends events with a bare client of node:http: one connection each, some at a time; prints how many a second.
//
//   node sender.js URL EVENTS AT_A_TIME
import { randomUUID } from 'node:crypto'
import { request } from 'node:http'

/** Sends an event; it must be answered with 200. */
export const send = (url) =>
  new Promise((resolve, reject) => {
    const now = new Date().toISOString()
    const id = randomUUID()
    const event = { id, createdDate: now, lastUpdate: now, type: 'booking.create', object: {} }
    const body = JSON.stringify(event)
    const headers = { 'content-type': 'application/json', 'content-length': body.length }
    request(url, { method: 'POST', agent: false, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`it answered ${response.statusCode}`))
      response.resume().on('end', resolve)
    })
      .on('error', reject)
      .end(body)
  })

const [url, events, atATime] = process.argv.slice(2)
if (import.meta.filename === process.argv[1]) {
  let left = Number(events)
  const drive = async () => {
    while (left > 0) {
      left -= 1
      await send(url)
    }
  }
  const started = performance.now()
  await Promise.all(Array.from({ length: Number(atATime) }, drive))
  console.log(Number(events) / ((performance.now() - started) / 1000))
}
