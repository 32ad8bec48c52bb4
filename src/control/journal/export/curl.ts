import { ApiError } from '../../../base/problems/problems.ts'
import type { Entry } from '../entry.ts'
import { journaledRequest } from '../view.ts'
import { urlOf, written, type Notation } from './masked-parts.ts'
import { fieldsOf, isHttp } from './parts.ts'

/** Header fields that curl writes itself. */
const ownFields = new Set([
  'host',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'expect',
])

/** Quoting for a POSIX shell: nothing in a plain part is special. */
const shell: Notation = {
  text: (text) => `'${text.replaceAll("'", String.raw`'\''`)}'`,
  variable: (name) => `"$${name}"`,
}

const quoted = (text: string, header?: string): string =>
  text === '' ? "''" : written(text, shell, header)

/**
 * A curl command for a POSIX shell that sends a request again. Variables such as `$WINK_TOKEN` stand for masked secrets.
 *
 * @param baseUrl - base URL of the sandbox, without a trailing slash
 * @throws ApiError `conflict` if curl cannot send the request as it was
 */
export function curlOf(entry: Entry, baseUrl: string): string {
  const request = journaledRequest(entry)
  if (!isHttp(request)) throw unrepeatable('It is not HTTP.')
  requireText(entry)
  const { headers, body } = request
  const [method, path] = [String(request.method), String(request.path)]
  const fields = fieldsOf(headers).filter(([name]) => !ownFields.has(name))
  const hasType = 'content-type' in headers || body === null
  return [
    'curl -i',
    ...(method === 'HEAD' ? ['--head'] : ['-X', /^[A-Z]+$/.test(method) ? method : quoted(method)]),
    ...(/\/\.\.?(?:\/|$)/.test(path) ? ['--path-as-is'] : []),
    quoted(urlOf(baseUrl, path)),
    ...fields.map(([name, value]) => `-H ${fieldOf(name, value)}`),
    // curl would add the type of a form.
    ...(hasType ? [] : ["-H 'content-type:'"]),
    ...(body === null ? [] : [`--data-raw ${quoted(body)}`]),
  ].join(' ')
}

/** A field without a value ends in a semicolon; curl would leave it out otherwise. */
const fieldOf = (name: string, value: string): string =>
  value === '' ? shell.text(`${name};`) : quoted(`${name}: ${value}`, name)

/** @throws ApiError `conflict` if the body is cut, or is no text that a shell can hold */
function requireText({ body }: Entry): void {
  if (body === null) return
  if (!body.isWhole) throw unrepeatable('The journal has only the first 16 KiB of its body.')
  const { text, bytes } = body
  if (text.includes('\0') || !Buffer.from(text).equals(bytes)) {
    throw unrepeatable('Its body has bytes that a shell cannot hold.')
  }
}

const unrepeatable = (reason: string): ApiError =>
  new ApiError('conflict', `No curl command can send this request again. ${reason}`)
