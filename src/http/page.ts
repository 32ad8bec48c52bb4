import { extname } from 'node:path'
import { promisify } from 'node:util'
import type { FastifyInstance } from 'fastify'

/** A page in a browser. */
export interface Page {
  /** The folder of its files. */
  readonly folder: URL
  /** The names of its files, by their paths. */
  readonly files: Readonly<Record<string, string>>
  /** Sources of its styles (CSP). Default: only its own files. */
  readonly styleSources?: string
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

/** The page may load from the sandbox only, and no other page may show it. */
const policyOf = (styleSources: string): string =>
  `default-src 'none'; script-src 'self'; style-src ${styleSources}; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/** Gives a function that makes a value once, at its first call; after a failure the next call makes it again. */
function shared<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | undefined
  return () => {
    value ??= make().catch((error: unknown) => {
      value = undefined
      throw error
    })
    return value
  }
}

async function read(file: URL): Promise<Buffer> {
  const { readFile } = await import('node:fs/promises')
  return readFile(file)
}

async function packed(file: URL): Promise<Buffer> {
  const { gzip } = await import('node:zlib')
  return promisify(gzip)(await read(file))
}

/** True if a client takes content in gzip (RFC 9110 §12.5.3), as every browser does. */
const takesGzip = (accepted: string | undefined): boolean =>
  String(accepted)
    .split(',')
    .some((coding) => /^\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*$)|$)/i.test(coding))

/**
 * Adds the files of a page. They are read at their first request, so that they cost neither time at the start nor memory
 * before.
 */
export function addPage(
  app: FastifyInstance,
  { folder, files, styleSources = "'self'" }: Page,
): void {
  const headers = {
    'content-security-policy': policyOf(styleSources),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-cache',
    vary: 'accept-encoding',
  }
  for (const [path, name] of Object.entries(files)) {
    const type = String(mediaTypes[extname(name)])
    const file = new URL(name, folder)
    const plain = shared(() => read(file))
    const small = shared(() => packed(file))
    app.get(path, { schema: { hide: true } }, async (request, reply) => {
      const isSmall = takesGzip(request.headers['accept-encoding'])
      const content = await (isSmall ? small : plain)()
      if (isSmall) reply.header('content-encoding', 'gzip')
      return reply.type(type).headers(headers).send(content)
    })
  }
}
