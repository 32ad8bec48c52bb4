import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { exampleCommand } from '../../wink/example-command.ts'
import { matcherOf, shortPath, type RequestRow } from '../live/request-row.ts'
import { useAction, useNews } from '../parts/hooks.ts'
import { Command, Empty, Refusal, Status } from '../parts/parts.tsx'
import { VirtualTable, type Column } from '../parts/virtual-table.tsx'
import { hashOf, type Route } from '../route.ts'
import { useSession } from '../session.ts'
import { ExportButtons } from './export-buttons.tsx'
import { RequestDetails } from './request-details.tsx'
import { RequestFilters } from './request-filters.tsx'

const columns: readonly Column<RequestRow>[] = [
  { title: 'Time (UTC)', name: 'time', cell: ({ time }) => time.slice(11, 23) },
  { title: 'Status', name: 'code', cell: ({ status }) => <Status status={status} /> },
  { title: 'Method', name: 'method', cell: ({ method }) => method },
  {
    title: 'Path',
    name: 'path',
    isLink: true,
    cell: ({ path }) => <Path path={path} />,
  },
  { title: 'Operation', name: 'operation', cell: ({ operation }) => operation },
  {
    title: 'Why',
    name: 'why',
    cell: ({ isFaulted, rule }) => (
      <>
        {isFaulted && <b class="fault">fault</b>} {rule}
      </>
    ),
  },
  { title: 'ms', name: 'ms', cell: ({ durationMs }) => durationMs.toFixed(1) },
]

/** A path; a narrow list leaves out the managing entity at its beginning. */
function Path({ path }: { readonly path: string }): JSX.Element {
  const short = path ? shortPath(path) : 'not HTTP'
  const [entity] = /^…\/[^/]+(?=\/)/.exec(short) ?? ['']
  return (
    <span title={path}>
      <span class="entity">{entity}</span>
      {short.slice(entity.length)}
    </span>
  )
}

/** Requests, newest first. */
export function Requests({ route }: { readonly route: Route }): JSX.Element {
  const { api, live } = useSession()
  useNews()
  const { run, error } = useAction()
  const [paused, setPaused] = useState<readonly RequestRow[]>()
  const all = paused ?? live.requests
  const { filters, id } = route
  const { status, operation, entity, text } = filters
  const rows = useMemo(() => all.filter(matcherOf(filters)), [all, status, operation, entity, text])
  return (
    <div class={`split ${id ? 'opened' : ''}`}>
      <section class="pane" aria-label="Requests">
        <div class="toolbar">
          <RequestFilters route={route} />
          <span class="count">
            {rows.length === all.length ? all.length : `${rows.length} of ${all.length}`}
          </span>
          <div class="toolbar">
            <button
              type="button"
              aria-pressed={paused !== undefined}
              onClick={() => {
                setPaused(paused ? undefined : live.requests)
              }}
            >
              {paused ? `Paused${newer(live.requests, paused)}` : 'Pause'}
            </button>
            <button
              type="button"
              onClick={() => {
                run(() => api.requests.clear(), 'The journal is empty.')
              }}
            >
              Clear
            </button>
            <ExportButtons rows={rows} />
          </div>
        </div>
        <Refusal error={error} />
        {all.length === 0 ? (
          <Empty title="No requests yet">
            <p>Point your client at this sandbox, or paste this into a shell:</p>
            <Command text={exampleCommand(api.url, {})} />
          </Empty>
        ) : rows.length === 0 ? (
          <Empty title="No request matches the filters" />
        ) : (
          <VirtualTable
            label="Requests, newest first"
            rows={rows}
            columns={columns}
            hrefOf={(row) => hashOf({ ...route, id: row.id })}
            openId={id}
          />
        )}
      </section>
      {id && <RequestDetails id={id} closeHref={hashOf({ ...route, id: undefined })} />}
    </div>
  )
}

/** How many requests came after the list was paused. */
function newer(now: readonly RequestRow[], paused: readonly RequestRow[]): string {
  const count = now.findIndex(({ id }) => id === paused[0]?.id)
  return count > 0 ? `, ${count} newer` : ''
}
