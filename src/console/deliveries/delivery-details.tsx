import type { JSX } from 'preact'
import type { Delivery } from '../../control/deliveries/types.ts'
import { Details } from '../parts/details.tsx'
import { useAction, useLoaded } from '../parts/hooks.ts'
import { Content, Facts, Refusal } from '../parts/parts.tsx'
import { hashOf } from '../route.ts'
import { useSession } from '../session.ts'
import { TimeLine } from './time-line.tsx'

/** A delivery with its attempts and the verdict. */
export function DeliveryDetails({
  id,
  closeHref,
}: {
  readonly id: string
  readonly closeHref: string
}): JSX.Element {
  const { api, live } = useSession()
  // The list has its latest state; a delivery that the page does not hold is asked for.
  const listed = live.deliveries.find((delivery) => delivery.id === id)
  const { value, error } = useLoaded(async () => listed ?? (await api.deliveries.get(id)), id)
  const delivery = listed ?? value
  return (
    <Details
      title="Delivery"
      id={id}
      isLoaded={delivery?.id === id}
      error={listed ? undefined : error}
      closeHref={closeHref}
    >
      {delivery && <Shown delivery={delivery} />}
    </Details>
  )
}

function Shown({ delivery }: { readonly delivery: Delivery }): JSX.Element {
  const { api } = useSession()
  const { run, error, isBusy } = useAction()
  const { id, state, type, url, registeredUrl, detail, webhookId, attempts, verdict } = delivery
  const canRepeat = state !== 'pending' && state !== 'skipped'
  return (
    <>
      <p class="line">
        <b class={`state ${state}`}>{state}</b> <b>{type}</b>
      </p>
      {detail && <p>{detail}</p>}
      {canRepeat && (
        <div class="toolbar">
          <button
            type="button"
            disabled={isBusy}
            onClick={() => {
              run(() => api.deliveries.redeliver(id), 'The event is sent again.')
            }}
          >
            Redeliver
          </button>
        </div>
      )}
      <Refusal error={error} />
      {verdict.length > 0 && (
        <section class="diagnosis">
          <h3>Verdict on the receiver</h3>
          <ul class="verdict">
            {verdict.map(({ level, says, source }) => (
              <li>
                <b class={level}>{level}</b> {says} <span class="source">{source}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {attempts.length > 0 && <TimeLine attempts={attempts} />}
      <section>
        <h3>Event</h3>
        <Facts
          facts={[
            ['sent to', url],
            ['registered', registeredUrl],
            ['webhook', <a href={hashOf({ view: 'webhooks', id: webhookId })}>{webhookId}</a>],
            ['event id', delivery.eventId],
            ['copy', delivery.copy],
          ]}
        />
        <Content {...delivery} name="Event" />
      </section>
    </>
  )
}
