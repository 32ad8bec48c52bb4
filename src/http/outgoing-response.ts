import {
  ServerResponse,
  type IncomingMessage,
  type OutgoingHttpHeader,
  type OutgoingHttpHeaders,
} from 'node:http'
import type { AnswerHeaders } from './answer.ts'

type Fields = OutgoingHttpHeaders | OutgoingHttpHeader[]

/** A response that hands over its header fields when it sends them: a copy made before would cost more. */
export class OutgoingResponse<
  Request extends IncomingMessage = IncomingMessage,
> extends ServerResponse<Request> {
  /** Gets the header fields. */
  noted: { headers: AnswerHeaders } | undefined = undefined

  override writeHead(status: number, reason?: string | Fields, fields?: Fields): this {
    if (this.noted) this.noted.headers = isObject(reason) ? reason : this.getHeaders()
    return super.writeHead(status, reason as string, fields)
  }
}

const isObject = (reason: string | Fields | undefined): reason is OutgoingHttpHeaders =>
  typeof reason === 'object' && !Array.isArray(reason)
