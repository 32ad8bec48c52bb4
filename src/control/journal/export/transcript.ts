import type { JournaledRequest, JournaledResponse } from '../types.ts'
import { urlOf, written, type Notation } from './masked-parts.ts'
import { fieldsOf, isHttp, reasonOf, remarksOf } from './parts.ts'

/** Header fields that the tools for `.http` files write themselves. */
const ownFields = new Set(['host', 'connection', 'content-length', 'transfer-encoding'])

/** Variables as the tools for `.http` files write them. */
const notation: Notation = { text: (text) => text, variable: (name) => `{{${name}}}` }

/** Lines that these tools would run, replace by a file, or take as the beginning of another request. */
const active = /^[ \t]*(?:###|#|\/\/|[<>])|\{\{/m

/** Control characters could begin a new line, or steer a terminal. */
const control = /[^\P{Cc}\t]/gu

/**
 * A request with its answer, as part of an `.http` file. The answer is a comment, and so is what the tools for such files
 * would run.
 *
 * @param baseUrl - base URL of the sandbox, without a trailing slash
 */
export function transcriptOf(request: JournaledRequest, baseUrl: string): string {
  const { time, id, durationMs, response } = request
  return [
    `### ${time} ${request.operation ?? request.method ?? 'not HTTP'}`,
    ...comment([`request ${id}, ${durationMs} ms`, ...remarksOf(request)]),
    ...(isHttp(request) ? sentLines(request, baseUrl) : []),
    '',
    ...answerLines(response),
    '',
    '',
  ].join('\n')
}

function sentLines({ method, path, headers, body }: JournaledRequest, baseUrl: string): string[] {
  const fields = fieldsOf(headers)
    .filter(([name]) => !ownFields.has(name))
    .map(([name, value]) => unlessActive(value, `${name}: ${written(value, notation, name)}`))
  return [
    ...fields.filter(isComment),
    `${String(method)} ${written(urlOf(baseUrl, String(path)), notation)} HTTP/1.1`,
    ...fields.filter((line) => !isComment(line)),
    ...(body === null || active.test(body) ? [] : ['', written(body, notation)]),
    ...(body !== null && active.test(body) ? ['', '### its body', ...comment([body])] : []),
  ]
}

function answerLines(response: JournaledResponse | null): string[] {
  if (response === null) return ['### no answer']
  const { status, headers, body } = response
  const fields = fieldsOf(headers).map(([name, value]) => `${name}: ${value}`)
  return [
    `### ${status} ${reasonOf(status)}`,
    ...comment([...fields, ...(body === null ? [] : ['', body])]),
  ]
}

const isComment = (line: string): boolean => line.startsWith('#')

const unlessActive = (value: string, line: string): string =>
  value.includes('{{') ? comment([line]).join('\n') : line

/** Every line of the texts as a comment. */
const comment = (texts: readonly string[]): string[] =>
  texts
    .flatMap((text) => text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/))
    .map((line) => `# ${line.replace(control, ' ')}`.trimEnd())
