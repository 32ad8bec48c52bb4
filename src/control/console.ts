import type { FastifyPluginCallback } from 'fastify'
import type { OwnAddress } from '../base/own-address.ts'
import { addPage } from '../http/page.ts'

/** Options of {@link consolePage}. */
export interface ConsoleOptions {
  readonly ownAddress: OwnAddress
}

const folder = new URL('./console/', import.meta.url)

const files = {
  '/__admin/': 'index.html',
  '/__admin/console.js': 'console.js',
  '/__admin/style.css': 'style.css',
}

/**
 * The console, a page that shows and steers the sandbox, and `GET /`, which leads browsers there and tells everybody else
 * the addresses of the sandbox. The files need no admin token, as they hold no data; the page asks for it.
 */
export const consolePage: FastifyPluginCallback<ConsoleOptions> = (app, { ownAddress }, done) => {
  addPage(app, { folder, files })
  // Relative, because a proxy may have put a path before it.
  app.get('/__admin', { schema: { hide: true } }, (_request, reply) => {
    reply.redirect('__admin/')
  })
  app.get('/', { schema: { hide: true } }, (request, reply) => {
    reply.header('vary', 'accept')
    if (request.headers.accept?.includes('text/html')) {
      reply.redirect('./__admin/')
      return
    }
    const baseUrl = ownAddress.baseUrlOf(request)
    reply.sendJson({
      api: `${baseUrl}/api`,
      tokens: `${baseUrl}/oauth2/token`,
      documents: [`${baseUrl}/openapi.json`, `${baseUrl}/__admin/openapi.json`],
      reference: `${baseUrl}/reference`,
      console: `${baseUrl}/__admin/`,
      health: `${baseUrl}/__admin/health`,
    })
  })
  done()
}
