import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { exampleCommand } from '../../wink/example-command.ts'
import type { Webhook } from '../../wink/webhooks/types.ts'
import { useLoaded, useNews } from '../parts/hooks.ts'
import { Command, Empty, Refusal } from '../parts/parts.tsx'
import { VirtualTable, type Column } from '../parts/virtual-table.tsx'
import { hashOf, type Route } from '../route.ts'
import { useSession } from '../session.ts'
import { WebhookDetails } from './webhook-details.tsx'

/** A webhook, or the heading of those of a managing entity. */
type Row = Webhook | { readonly id: string; readonly heading: JSX.Element }

const isHeading = (row: Row): row is Exclude<Row, Webhook> => 'heading' in row

/** A column of webhooks; rows that are headings have no columns. */
const column = (
  title: string,
  name: string,
  cell: (webhook: Webhook) => JSX.Element | string | number,
  isLink = false,
): Column<Row> => ({
  title,
  name,
  isLink,
  cell: (row) => (isHeading(row) ? null : cell(row)),
})

const columns = [
  column('Name', 'path', ({ name }) => name, true),
  column('Enabled', 'enabled', ({ enabled }) => (enabled ? 'yes' : 'no')),
  column('Event URL', 'url', ({ eventUrl }) => eventUrl),
  column('Events', 'events', ({ eventList }) => eventList.join(', ') || 'all'),
  column('Version', 'version', ({ version }) => version),
  column('Created', 'instant', ({ createdDate }) => createdDate.slice(0, 19)),
  column('Updated', 'instant', ({ lastUpdate }) => lastUpdate.slice(0, 19)),
]

/** The webhooks, by managing entity. */
export function Webhooks({ route }: { readonly route: Route }): JSX.Element {
  const { api, live } = useSession()
  useNews()
  const { value: webhooks, error } = useLoaded(() => api.webhooks.list(), live.webhooksRevision)
  const rows = useMemo(() => grouped(webhooks ?? []), [webhooks])
  const open = webhooks?.find(({ id }) => id === route.id)
  return (
    <div class={`split ${route.id ? 'opened' : ''}`}>
      <section class="pane" aria-label="Webhooks">
        <Refusal error={error} />
        {webhooks?.length === 0 && (
          <Empty title="No webhooks yet">
            <p>Let your client create one, or paste this into a shell:</p>
            <Command text={exampleCommand(api.url, {})} />
          </Empty>
        )}
        {rows.length > 0 && (
          <VirtualTable
            label="Webhooks by managing entity"
            rows={rows}
            columns={columns}
            hrefOf={({ id }) => hashOf({ view: 'webhooks', id })}
            openId={route.id}
            headingOf={(row) => (isHeading(row) ? row.heading : undefined)}
          />
        )}
      </section>
      {route.id && webhooks && <WebhookDetails id={route.id} webhook={open} />}
    </div>
  )
}

/** Puts a heading before the webhooks of each managing entity. They come one entity after another. */
function grouped(webhooks: readonly Webhook[]): Row[] {
  let before: string | undefined
  return webhooks.flatMap((webhook) => {
    const { ownerIdentifier: owner, ownerName } = webhook
    if (owner === before) return [webhook]
    before = owner
    const heading = (
      <>
        {ownerName} <code>{owner}</code>
      </>
    )
    return [{ id: owner, heading }, webhook]
  })
}
