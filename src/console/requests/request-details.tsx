import type { JSX } from 'preact'
import type { BrokenRule, JournaledRequest } from '../../control/journal/types.ts'
import { effectInWords } from '../faults/words.ts'
import { Details } from '../parts/details.tsx'
import { useLoaded } from '../parts/hooks.ts'
import { Content, CopyButton, Facts, Status, Violations } from '../parts/parts.tsx'
import { hashOf } from '../route.ts'
import { useSession } from '../session.ts'

/** A request with its answer and its diagnosis. */
export function RequestDetails({
  id,
  closeHref,
}: {
  readonly id: string
  readonly closeHref: string
}): JSX.Element {
  const { api } = useSession()
  const { value, error } = useLoaded(() => api.requests.get(id), id)
  return (
    <Details
      title="Request"
      id={id}
      isLoaded={value?.id === id}
      error={error}
      closeHref={closeHref}
    >
      {value && <Exchange request={value} />}
    </Details>
  )
}

function Exchange({ request }: { readonly request: JournaledRequest }): JSX.Element {
  const { api } = useSession()
  const { id, method, path, status, time, durationMs, createdWebhookId: created } = request
  return (
    <>
      <p class="line">
        <Status status={status} /> <b>{method}</b> <code>{path}</code>
      </p>
      <div class="toolbar">
        <CopyButton text={() => api.requests.curl(id)}>Copy as curl</CopyButton>
        <CopyButton text={id}>Copy id</CopyButton>
      </div>
      <Diagnosis request={request} />
      <section>
        <h3>Request</h3>
        <Facts
          facts={[
            ['operation', request.operation ?? 'none'],
            ['answered', time],
            ['took', `${durationMs} ms`],
            [
              'created',
              created && <a href={hashOf({ view: 'webhooks', id: created })}>webhook {created}</a>,
            ],
          ]}
        />
        <Content {...request} name="Request" />
      </section>
      <section>
        <h3>Answer</h3>
        {request.response ? (
          <Content {...request.response} name="Answer" />
        ) : (
          <p class="source">There was none.</p>
        )}
      </section>
    </>
  )
}

function Diagnosis({ request }: { readonly request: JournaledRequest }): JSX.Element | null {
  const { faults, diagnosis } = request
  const { refusedBy, hints } = diagnosis
  if (!refusedBy && hints.length === 0 && faults.length === 0) return null
  return (
    <section class={`diagnosis ${refusedBy ? 'refused' : ''}`}>
      <h3>Diagnosis</h3>
      {refusedBy && <Refused rule={refusedBy} />}
      {faults.map(({ source, id, effect, when }) => (
        <p>
          <b class="fault">fault</b>{' '}
          {id ? <a href={hashOf({ view: 'faults', id })}>armed rule {id.slice(0, 8)}</a> : source}:{' '}
          {effectInWords(effect)} ({when})
        </p>
      ))}
      {hints.length > 0 && (
        <ul>
          {hints.map((hint) => (
            <li>{hint}</li>
          ))}
        </ul>
      )}
    </section>
  )
}

const Refused = ({ rule }: { readonly rule: BrokenRule }) => (
  <>
    <p>
      <b class="rule">{rule.rule}</b> {rule.requirement}
    </p>
    <p>{rule.detail}</p>
    <Violations violations={rule.violations ?? []} />
    <p class="source">
      {rule.documentedIn} · source: {rule.source}
    </p>
  </>
)
