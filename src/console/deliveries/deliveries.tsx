import type { JSX } from 'preact'
import type { Delivery } from '../../control/deliveries/types.ts'
import { useNews } from '../parts/hooks.ts'
import { Empty } from '../parts/parts.tsx'
import { VirtualTable, type Column } from '../parts/virtual-table.tsx'
import { hashOf, type Route } from '../route.ts'
import { useSession } from '../session.ts'
import { levelOf, resultOf } from './attempts.ts'
import { DeliveryDetails } from './delivery-details.tsx'

const columns: readonly Column<Delivery>[] = [
  {
    title: 'Time (UTC)',
    name: 'time',
    cell: ({ attempts }) => attempts[0]?.time.slice(11, 23) ?? '',
  },
  { title: 'State', name: 'state', cell: ({ state }) => <b class={`state ${state}`}>{state}</b> },
  { title: 'Event', name: 'path', isLink: true, cell: ({ type }) => type },
  { title: 'To', name: 'url', cell: ({ url, registeredUrl }) => url ?? registeredUrl },
  {
    title: 'Attempts',
    name: 'attempts',
    cell: ({ attempts }) =>
      attempts.map((attempt) => <b class={levelOf(attempt)}>{resultOf(attempt)} </b>),
  },
  {
    title: 'Verdict',
    name: 'why',
    cell: ({ verdict, detail }) => verdict.map(({ says }) => says).join(' ') || detail,
  },
]

/** The deliveries of events, newest first. */
export function Deliveries({ route }: { readonly route: Route }): JSX.Element {
  const { live } = useSession()
  useNews()
  const { webhookId } = route.filters
  const rows = webhookId
    ? live.deliveries.filter((delivery) => delivery.webhookId === webhookId)
    : live.deliveries
  return (
    <div class={`split ${route.id ? 'opened' : ''}`}>
      <section class="pane" aria-label="Deliveries">
        {webhookId && (
          <div class="toolbar">
            <span>Those of one webhook.</span>
            <a href={hashOf({ view: 'deliveries' })}>Show all</a>
          </div>
        )}
        {rows.length === 0 ? (
          <Empty title="No deliveries yet">
            <p>
              <a href={hashOf({ view: 'webhooks' })}>Open a webhook</a> and send an event to it.
            </p>
          </Empty>
        ) : (
          <VirtualTable
            label="Deliveries, newest first"
            rows={rows}
            columns={columns}
            hrefOf={({ id }) => hashOf({ ...route, id })}
            openId={route.id}
          />
        )}
      </section>
      {route.id && (
        <DeliveryDetails id={route.id} closeHref={hashOf({ ...route, id: undefined })} />
      )}
    </div>
  )
}
