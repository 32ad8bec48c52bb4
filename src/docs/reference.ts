import type { FastifyPluginCallback } from 'fastify'
import { addPage } from '../http/page.ts'

/** Options of the reference page. */
export interface ReferenceOptions {
  /** The folder of its files; default: beside the modules of the built package. */
  readonly folder?: URL
}

const builtFolder = new URL('./reference/', import.meta.url)

const files = {
  '/reference': 'index.html',
  '/reference/reference.js': 'reference.js',
  '/reference/swagger-ui-bundle.js': 'swagger-ui-bundle.js',
  '/reference/swagger-ui.css': 'swagger-ui.css',
}

/** `GET /reference`: a page to read and try the API (Swagger UI). */
export const reference: FastifyPluginCallback<ReferenceOptions> = (
  app,
  { folder = builtFolder },
  done,
) => {
  // Swagger UI writes inline styles.
  addPage(app, { folder, files, styleSources: "'self' 'unsafe-inline'" })
  done()
}
