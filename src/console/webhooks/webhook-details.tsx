import type { JSX } from 'preact'
import type { Webhook } from '../../wink/webhooks/types.ts'
import { Details } from '../parts/details.tsx'
import { Code, CopyButton, Facts } from '../parts/parts.tsx'
import { hashOf } from '../route.ts'
import { SendEvent } from './send-event.tsx'

/** A webhook, and the form that sends an event to it. */
export const WebhookDetails = ({
  id,
  webhook,
}: {
  readonly id: string
  readonly webhook: Webhook | undefined
}): JSX.Element => (
  <Details
    title="Webhook"
    id={id}
    isLoaded
    error={webhook ? undefined : new Error('The sandbox has no such webhook, or no longer.')}
    closeHref={hashOf({ view: 'webhooks' })}
  >
    {webhook && (
      <>
        <Facts
          facts={[
            ['name', webhook.name],
            ['entity', `${webhook.ownerName} ${webhook.ownerIdentifier}`],
            ['event URL', webhook.eventUrl],
            ['events', webhook.eventList.join(', ') || 'all'],
            ['enabled', webhook.enabled ? 'yes' : 'no'],
            ['version', webhook.version],
            ['created', webhook.createdDate],
            ['updated', webhook.lastUpdate],
          ]}
        />
        <div class="toolbar">
          <CopyButton text={webhook.id}>Copy id</CopyButton>
          <a href={hashOf({ view: 'deliveries', filters: { webhookId: webhook.id } })}>
            Its deliveries
          </a>
        </div>
        <SendEvent key={webhook.id} webhook={webhook} />
        <section>
          <h3>As JSON</h3>
          <Code text={JSON.stringify(webhook, undefined, 2)} label="Webhook as JSON" />
        </section>
      </>
    )}
  </Details>
)
