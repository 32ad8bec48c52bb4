import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Reset as ResetInput, ResetPart } from '../../control/reset/types.ts'
import { useAction } from '../parts/hooks.ts'
import { Dialog, Refusal } from '../parts/parts.tsx'
import { useSession } from '../session.ts'

const parts: readonly ResetPart[] = ['webhooks', 'faults', 'requests', 'deliveries', 'clock']

/** Resets the sandbox, or parts of it, after a question. */
export function Reset(): JSX.Element {
  const { api } = useSession()
  const { run, error, isBusy } = useAction()
  const [isAsking, setIsAsking] = useState(false)
  const [only, setOnly] = useState<readonly ResetPart[]>(parts)
  const isWhole = only.length === parts.length
  const reset = (): void => {
    run(async () => {
      await api.reset(isWhole ? {} : ({ only } as ResetInput))
      setIsAsking(false)
    }, 'The sandbox is reset.')
  }
  return (
    <section aria-labelledby="reset">
      <h2 id="reset">Reset</h2>
      <p>Goes back to the start, for everybody who shares this sandbox.</p>
      <button
        type="button"
        onClick={() => {
          setIsAsking(true)
        }}
      >
        Reset…
      </button>
      {isAsking && (
        <Dialog
          title="Reset the sandbox?"
          onClose={() => {
            setIsAsking(false)
          }}
        >
          <form
            onSubmit={(event) => {
              event.preventDefault()
              reset()
            }}
          >
            {parts.map((part) => (
              <label class="check">
                <input
                  type="checkbox"
                  checked={only.includes(part)}
                  onChange={({ currentTarget: { checked } }) => {
                    setOnly(parts.filter((one) => (one === part ? checked : only.includes(one))))
                  }}
                />
                {part}
              </label>
            ))}
            <p>
              {isWhole
                ? 'Everything goes back to the start, tenants and tokens too.'
                : 'Only these parts go back to the start.'}
            </p>
            <Refusal error={error} />
            <div class="toolbar">
              <button type="submit" class="danger" disabled={isBusy || only.length === 0}>
                Reset
              </button>
              <button
                type="button"
                onClick={() => {
                  setIsAsking(false)
                }}
              >
                Cancel
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </section>
  )
}
