import type { JSX } from 'preact'
import { useAction } from '../parts/hooks.ts'
import { Refusal } from '../parts/parts.tsx'
import { useSession } from '../session.ts'

/** Saves all requests of the journal as files. */
export function ExportButtons(): JSX.Element {
  const { api } = useSession()
  const { run, error } = useAction()
  return (
    <>
      <button
        type="button"
        onClick={() => {
          run(async () => {
            save('requests.har', JSON.stringify(await api.requests.har()))
          })
        }}
      >
        Save HAR
      </button>
      <button
        type="button"
        onClick={() => {
          run(async () => {
            save('requests.http', await api.requests.http())
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
