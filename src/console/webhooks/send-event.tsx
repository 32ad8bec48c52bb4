import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { eventTypes } from '../../wink/webhooks/event-types.ts'
import type { Webhook } from '../../wink/webhooks/types.ts'
import { useAction } from '../parts/hooks.ts'
import { bound, Field, Refusal } from '../parts/parts.tsx'
import { hashOf } from '../route.ts'
import { useSession } from '../session.ts'

/** The form that sends an event to a webhook. The delivery that follows is shown. */
export function SendEvent({ webhook }: { readonly webhook: Webhook }): JSX.Element {
  const { api } = useSession()
  const { run, error, isBusy } = useAction()
  const [type, setType] = useState(webhook.eventList[0] ?? 'booking.create')
  const [object, setObject] = useState('{}')
  const [deliverTo, setDeliverTo] = useState('')
  const [copies, setCopies] = useState('1')
  const send = async (): Promise<void> => {
    const { deliveries, hints } = await api.events.trigger({
      type,
      webhookId: webhook.id,
      object: parsed(object),
      copies: Number(copies),
      ...(deliverTo.trim() && { deliverTo: deliverTo.trim() }),
    })
    const [first] = deliveries
    if (!first) throw new Error(hints.join(' '))
    location.hash = hashOf({ view: 'deliveries', id: first.id })
  }
  return (
    <form
      aria-label="Send an event"
      onSubmit={(event) => {
        event.preventDefault()
        run(send)
      }}
    >
      <h3>Send an event</h3>
      <fieldset>
        <Field label="Type">
          <input class="wide" list="event-types" required {...bound(type, setType)} />
        </Field>
        <datalist id="event-types">
          {eventTypes.map(({ value, label }) => (
            <option value={value}>{label}</option>
          ))}
        </datalist>
        <Field label="Copies">
          <input type="number" min={1} max={10} {...bound(copies, setCopies)} />
        </Field>
        <Field label="Deliver to" hint="empty: as the sandbox is set">
          <input
            class="wide"
            placeholder="http://localhost:3000 or event-url"
            {...bound(deliverTo, setDeliverTo)}
          />
        </Field>
      </fieldset>
      <Field label="object" hint="any JSON">
        <textarea rows={6} spellcheck={false} {...bound(object, setObject)} />
      </Field>
      <Refusal error={error} />
      <button type="submit" class="primary" disabled={isBusy}>
        Send
      </button>
    </form>
  )
}

/** @throws Error that says where the text is no JSON */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new Error(`The object is no JSON: ${(error as Error).message}`, { cause: error })
  }
}
