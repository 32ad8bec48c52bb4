import type { FastifyPluginCallback } from 'fastify'

/** Options of the reference page. */
export interface ReferenceOptions {
  /** The folder of its files; default: beside the modules of the built package. */
  readonly folder?: URL
}

const builtFolder = new URL('./reference/', import.meta.url)

/** The files of the page, with their media types. */
const files = {
  'index.html': 'text/html; charset=utf-8',
  'reference.js': 'text/javascript; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'swagger-ui.css': 'text/css; charset=utf-8',
}

const headers = {
  // The page may load from the sandbox only; Swagger UI writes inline styles.
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-cache',
}

/** Gives a function that reads a file once, at its first call; after a failure the next call reads again. */
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
 * `GET /reference`: a page to read and try the API (Swagger UI). Its files are read at their first request, so that they
 * cost neither time at the start nor memory before.
 */
export const reference: FastifyPluginCallback<ReferenceOptions> = (
  app,
  { folder = builtFolder },
  done,
) => {
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
