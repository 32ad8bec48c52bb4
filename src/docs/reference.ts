import type { FastifyPluginCallback } from 'fastify'

/** Where the files of the page are. */
export interface ReferenceOptions {
  readonly folder: URL
}

/** The files of the page, and what they are. */
const files = {
  'index.html': 'text/html; charset=utf-8',
  'reference.js': 'text/javascript; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'swagger-ui.css': 'text/css; charset=utf-8',
}

const headers = {
  // Nothing but the sandbox itself, on either end; the page writes styles of its own.
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-cache',
}

/** A function that reads a file at the first call, once for all callers; one that failed is read again. */
function shared(file: URL): () => Promise<Buffer> {
  const read = async (): Promise<Buffer> => {
    const { readFile } = await import('node:fs/promises')
    return readFile(file)
  }
  let content: Promise<Buffer> | undefined
  return () => {
    content ??= read().catch((error: unknown) => {
      content = undefined
      throw error
    })
    return content
  }
}

/**
 * `GET /reference`: a page in which the API can be read and tried. Its files are read when they are first asked
 * for, so that they cost neither time at the start nor memory; all clients are sent the same bytes.
 */
export const reference: FastifyPluginCallback<ReferenceOptions> = (app, { folder }, done) => {
  for (const [name, type] of Object.entries(files)) {
    const path = name === 'index.html' ? '/reference' : `/reference/${name}`
    const content = shared(new URL(name, folder))
    app.get(path, { schema: { hide: true } }, async (_request, reply) =>
      reply
        .type(type)
        .headers(headers)
        .send(await content()),
    )
  }
  done()
}
