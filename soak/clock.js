import { start, stop } from './program.js'
import { bodyFor, createBytes, requestBytes, tokenBytes, webhooksOf } from './requests.js'
import { exchange } from './wire.js'

const hourMs = 3_600_000
const long = ['--token-lifetime', '60']

/** A clock that goes backwards, and its effects. */
export async function clockBackwards() {
  const program = await start(long)
  const ask = async (expected, bytes) => {
    const { status, body } = await exchange(program.port, bytes)
    if (status !== expected) throw new Error(`${status}, not ${expected}: ${body}`)
    return body.length > 0 ? JSON.parse(body.toString()) : undefined
  }
  const setOffset = (offsetMs) =>
    ask(200, requestBytes('PUT', '/__admin/clock', { body: { mode: 'offset', offsetMs } }))
  const createAs = (token) =>
    createBytes(undefined, { headers: { authorization: `Bearer ${token}` } })

  const { access_token: token } = await ask(200, tokenBytes())
  const first = await ask(201, createAs(token))
  await setOffset(-hourMs)
  await ask(401, createAs(token)) // The token is not valid yet.
  const { access_token: early } = await ask(200, tokenBytes())
  const second = await ask(201, createAs(early))
  const path = `${webhooksOf()}/${first.id}`
  const updated = await ask(200, requestBytes('PATCH', path, { body: bodyFor() }))
  await requireSane({ ask, first, second, updated })
  await setOffset(0)
  await ask(201, createAs(token))
  await ask(401, createAs(early)) // The token expired an hour ago.
  await stop(program)
}

async function requireSane({ ask, first, second, updated }) {
  if (!(second.createdDate < first.createdDate)) throw new Error('createdDate is not the clock')
  if (updated.version !== 2 || updated.createdDate !== first.createdDate) {
    throw new Error(`an update made ${JSON.stringify(updated)}`)
  }
  const list = await ask(200, requestBytes('GET', `${webhooksOf()}/list`))
  if (list.map(({ id }) => id).join() !== [first.id, second.id].join()) {
    throw new Error('the list is not in the order of storing')
  }
  const { requests } = await ask(200, requestBytes('GET', '/__admin/requests'))
  const statuses = requests.map(({ status }) => status).join()
  if (statuses !== '200,201,401,200,201,200,200') {
    throw new Error(`the journal is not in the order of arrival: ${statuses}`)
  }
  if (requests.some(({ durationMs }) => durationMs < 0)) throw new Error('a negative duration')
}
