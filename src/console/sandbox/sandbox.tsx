import type { JSX } from 'preact'
import { CopyButton, Facts } from '../parts/parts.tsx'
import { useSession } from '../session.ts'
import { Clock } from './clock.tsx'
import { Reset } from './reset.tsx'
import { Settings } from './settings.tsx'
import { Switches } from './switches.tsx'
import { Tenants } from './tenants.tsx'

/** The sandbox itself: addresses, clock, tenants, settings, switches, reset. */
export function Sandbox(): JSX.Element {
  const { url } = useSession().api
  const link = (path: string, text: string) => <a href={`${url}${path}`}>{text}</a>
  return (
    <div class="page columns">
      <section aria-labelledby="addresses">
        <h2 id="addresses">Addresses</h2>
        <Facts
          facts={[
            [
              'API',
              <>
                <code>{url}</code> <CopyButton text={url} />
              </>,
            ],
            ['tokens', <code>{url}/oauth2/token</code>],
            ['reference', link('/reference', 'read and try the API')],
            [
              'documents',
              <>
                {link('/openapi.json', 'API')}, {link('/__admin/openapi.json', 'control API')}
              </>,
            ],
            ['health', link('/__admin/health', 'health')],
          ]}
        />
      </section>
      <Clock />
      <Tenants />
      <Reset />
      <Settings />
      <Switches />
    </div>
  )
}
