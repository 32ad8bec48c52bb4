import { STATUS_CODES } from 'node:http'
import { secret } from './requests.js'

/** Reason phrases of RFC 9110 where Node.js has older ones. */
const phrases = { ...STATUS_CODES, 413: 'Content Too Large' }
const documented = new Set([
  ...[
    200, 201, 202, 204, 400, 401, 403, 404, 405, 408, 409, 413, 415, 429, 431, 500, 501, 502, 503,
    504,
  ],
])
const problemMembers = ['type', 'title', 'status', 'detail', 'instance', 'properties']

/** The error in an answer; undefined if it is as documented. */
export function flawOf({ status, reason, headers, body }) {
  if (!documented.has(status)) return `status ${status} is not documented`
  if (reason !== phrases[status]) return `the phrase of ${status} is ${reason}`
  if (status === 204) return headers.has('content-length') ? '204 with a length' : undefined
  if (body?.includes(secret)) return 'a secret is shown'
  return body === undefined || body.length === 0
    ? undefined
    : bodyFlaw(headers.get('content-type'), { status, reason, body })
}

function bodyFlaw(type, { status, reason, body }) {
  if (type === 'text/html') return status < 400 ? 'a page where none is due' : undefined
  const content = parsed(body)
  if (content === undefined) return `no JSON: ${body.toString('latin1').slice(0, 200)}`
  if (status < 400) return type === 'application/json' ? undefined : `${status} as ${type}`
  return type === 'application/problem+json'
    ? problemFlaw(content, status, reason)
    : plainErrorFlaw(content, type)
}

function parsed(body) {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}

function problemFlaw(problem, status, reason) {
  const isProblem =
    problem.type === 'about:blank' &&
    problem.title === reason &&
    problem.status === status &&
    /^\S[^]*\.$/.test(problem.detail) &&
    Object.keys(problem).every((name) => problemMembers.includes(name))
  if (!isProblem) return `no problem: ${JSON.stringify(problem)}`
  if (/unexpected/.test(problem.detail)) return `an unexpected failure: ${JSON.stringify(problem)}`
  return undefined
}

/** An OAuth error, or the `boot-error` of a fault. */
function plainErrorFlaw(content, type) {
  const members = Object.keys(content).join()
  const isKnown = ['error,error_description', 'timestamp,status,error,path'].includes(members)
  if (type !== 'application/json' || !isKnown) {
    return `no error: ${type} ${JSON.stringify(content)}`
  }
  return content.error === 'server_error' ? 'an unexpected failure at /oauth2' : undefined
}

/** Shows the beginning of bytes in a message. */
export const shown = (bytes, length = 400) =>
  JSON.stringify(bytes.subarray(0, length).toString('latin1')) +
  (bytes.length > length ? ` … (${bytes.length} bytes)` : '')
