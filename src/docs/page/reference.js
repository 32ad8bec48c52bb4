/* global document, location, sessionStorage, SwaggerUIBundle, URLSearchParams */
const isControl = new URLSearchParams(location.search).get('document') === 'control'
const answer = await fetch(isControl ? '__admin/openapi.json' : 'openapi.json')
const spec = await answer.json()
if (!answer.ok) {
  document.querySelector('#reference').textContent = `The document is not shown: ${spec.detail}`
  throw new Error(spec.detail)
}

// The content security policy allows requests to the origin of the page only, whatever the public URL is.
const [{ url: publicUrl }] = spec.servers
const baseUrl = new URL('.', location).href.slice(0, -1)
spec.servers = [{ url: baseUrl }]
const flow = spec.components.securitySchemes.oauth2ClientCredentials?.flows.clientCredentials
if (flow) flow.tokenUrl = flow.tokenUrl.replace(publicUrl, baseUrl)

/** Prefills the `id` of requests for an item of a collection, such as `/__admin/faults/{id}`, and for its parts. */
function prefillId(collection, id) {
  for (const [path, item] of Object.entries(spec.paths)) {
    if (!path.includes(`/${collection}/{id}`)) continue
    for (const method of Object.keys(item)) {
      ui.specActions.changeParam([path, method], 'id', 'path', id)
    }
  }
}

const latestRequest = 'latestRequest'

const ui = SwaggerUIBundle({
  spec,
  dom_id: '#reference',
  deepLinking: true,
  validatorUrl: null, // the default would send the document to a service elsewhere
  // The sandbox makes ids, so no example of one can be right.
  responseInterceptor: (response) => {
    const { status, url, body, headers } = response
    if (status === 201 && body.id) prefillId(url.split('/').at(-1), body.id)
    const [delivery] = (status === 202 && body.deliveries) || []
    if (delivery) prefillId('deliveries', delivery.id)
    const request = headers['x-wink-mock-request-id']
    if (request) sessionStorage.setItem(latestRequest, request)
    return response
  },
  onComplete: () => {
    // By default any token will do; after the example of `PUT /__admin/state` it is this one.
    if (!isControl) ui.preauthorizeApiKey('bearer', 'my-token')
    const request = sessionStorage.getItem(latestRequest)
    if (request) prefillId('requests', request)
  },
})
