import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Tenant } from '../../control/tenants/types.ts'
import { useAction } from '../parts/hooks.ts'
import { bound, CopyButton, Facts, Field, Refusal } from '../parts/parts.tsx'
import { hashOf } from '../route.ts'
import { useSession } from '../session.ts'

/** Makes tenants. Their secrets are shown once. */
export function Tenants(): JSX.Element {
  const { api } = useSession()
  const { run, error, isBusy } = useAction()
  const [name, setName] = useState('')
  const [tenant, setTenant] = useState<Tenant>()
  return (
    <section aria-labelledby="tenants">
      <h2 id="tenants">Tenants</h2>
      <p>A managing entity of your own, with a token and a client for it.</p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          run(async () => {
            setTenant(await api.tenants.create(name.trim() ? { name: name.trim() } : {}))
          }, 'The tenant is made.')
        }}
      >
        <Field label="Name" hint="may be empty">
          <input class="wide" {...bound(name, setName)} />
        </Field>
        <button type="submit" disabled={isBusy}>
          Make a tenant
        </button>
      </form>
      <Refusal error={error} />
      {tenant && (
        <>
          <Facts
            facts={Object.entries(tenant).map(([member, value]) => [member, <code>{value}</code>])}
          />
          <div class="toolbar">
            <CopyButton text={JSON.stringify(tenant, undefined, 2)}>Copy as JSON</CopyButton>
            <a
              href={hashOf({
                view: 'requests',
                filters: { entity: tenant.managingEntityIdentifier },
              })}
            >
              Its requests
            </a>
          </div>
        </>
      )}
    </section>
  )
}
