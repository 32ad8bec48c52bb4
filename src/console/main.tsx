import { render } from 'preact'
import { App } from './app.tsx'

// The page is one folder below the sandbox, which may have a path of its own behind a proxy.
const sandboxUrl = new URL('..', location.href).href.replace(/\/$/, '')

render(<App sandboxUrl={sandboxUrl} />, document.body)
