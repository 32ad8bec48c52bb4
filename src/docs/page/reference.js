/* global document, location, SwaggerUIBundle, URLSearchParams */
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

const ui = SwaggerUIBundle({
  spec,
  dom_id: '#reference',
  deepLinking: true,
  validatorUrl: null, // the default would send the document to a service elsewhere
  onComplete: () => {
    // By default any token will do, so that a request can be tried at once.
    if (!isControl) ui.preauthorizeApiKey('bearer', 'test')
  },
})
