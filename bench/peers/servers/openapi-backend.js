// openapi-backend is a library: it matches and checks, the handler is ours.
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { OpenAPIBackend } from 'openapi-backend'
import { stored } from '../../webhook.js'

const api = new OpenAPIBackend({
  definition: fileURLToPath(new URL('../openapi.json', import.meta.url)),
  customizeAjv: (ajv) =>
    ajv
      .addFormat('uuid', /^[\da-f-]{36}$/i)
      .addFormat('uri', /^https?:/)
      .addFormat('date-time', /^\d{4}-/),
  handlers: {
    createWebhook: ({ request }, _request, response) => {
      answer(response, 201, stored(request.requestBody))
    },
    validationFail: ({ validation }, _request, response) => answer(response, 400, validation),
    notFound: (_context, _request, response) => answer(response, 404, {}),
  },
})

const answer = (response, status, value) => {
  const body = JSON.stringify(value)
  const length = Buffer.byteLength(body)
  response
    .writeHead(status, { 'content-type': 'application/json', 'content-length': length })
    .end(body)
}

await api.init()
createServer(async (request, response) => {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const { method, url, headers } = request
  const body = Buffer.concat(chunks).toString()
  await api.handleRequest({ method, path: url, headers, body }, request, response)
}).listen(Number(process.env.PORT), '127.0.0.1')
