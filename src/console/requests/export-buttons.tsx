import type { JSX } from 'preact'
import { useAction } from '../parts/hooks.ts'
import { Refusal } from '../parts/parts.tsx'
import type { RequestRow } from '../live/request-row.ts'
import { useSession } from '../session.ts'

/** Saves the requests that the list shows as files, oldest first. */
export function ExportButtons({ rows }: { readonly rows: readonly RequestRow[] }): JSX.Element {
  const { api } = useSession()
  const { run, error } = useAction()
  const list = () => ({ ids: rows.map(({ id }) => id) })
  const shown = rows.length === 1 ? 'the request' : `the ${rows.length} requests`
  return (
    <>
      <button
        type="button"
        disabled={rows.length === 0}
        title={`Saves ${shown} in the list as an HTTP archive`}
        onClick={() => {
          run(async () => {
            save('requests.har', JSON.stringify(await api.requests.har(list())))
          })
        }}
      >
        Save HAR
      </button>
      <button
        type="button"
        disabled={rows.length === 0}
        title={`Saves ${shown} in the list as text for HTTP clients`}
        onClick={() => {
          run(async () => {
            save('requests.http', await api.requests.http(list()))
          })
        }}
      >
        Save .http
      </button>
      <Refusal error={error} />
    </>
  )
}

/** Saves a text as a file. A plain link would not send the admin token. */
function save(name: string, text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text]))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
