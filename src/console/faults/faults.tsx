import type { JSX } from 'preact'
import type { ArmedFault } from '../../control/faults/types.ts'
import { useAction, useLoaded, useNews } from '../parts/hooks.ts'
import { Empty, Refusal } from '../parts/parts.tsx'
import type { Route } from '../route.ts'
import { useSession } from '../session.ts'
import { ArmFault } from './arm-fault.tsx'
import { effectInWords, matchInWords } from './words.ts'

/** The armed faults, and the form that arms one. */
export function Faults({ route }: { readonly route: Route }): JSX.Element {
  const { api, live } = useSession()
  useNews()
  const { value: faults, error, reload } = useLoaded(() => api.faults.list(), live.faultsRevision)
  const action = useAction()
  const remove = (id: string) => {
    action.run(async () => {
      await api.faults.remove(id)
      reload()
    }, 'The fault is removed.')
  }
  return (
    <div class="page">
      <ArmFault onArmed={reload} />
      <section aria-label="Armed faults">
        <div class="toolbar">
          <h2>Armed faults</h2>
          {faults && faults.length > 0 && (
            <button
              type="button"
              onClick={() => {
                action.run(async () => {
                  await api.faults.clear()
                  reload()
                }, 'All faults are removed.')
              }}
            >
              Remove all
            </button>
          )}
        </div>
        <Refusal error={error ?? action.error} />
        {faults?.length === 0 && (
          <Empty title="No fault is armed">
            <p>Choose a preset above, and arm it. It acts on the next request that matches.</p>
          </Empty>
        )}
        {faults && faults.length > 0 && (
          <FaultTable faults={faults} openId={route.id} onRemove={remove} />
        )}
      </section>
    </div>
  )
}

function FaultTable({
  faults,
  openId,
  onRemove,
}: {
  readonly faults: readonly ArmedFault[]
  readonly openId: string | undefined
  readonly onRemove: (id: string) => void
}): JSX.Element {
  return (
    <table class="plain">
      <thead>
        <tr>
          <th scope="col">Effect</th>
          <th scope="col">On</th>
          <th scope="col">Moment</th>
          <th scope="col" class="number">
            Acted
          </th>
          <th scope="col" class="number">
            Matched
          </th>
          <th scope="col" class="number">
            Left
          </th>
          <td />
        </tr>
      </thead>
      <tbody>
        {faults.map((fault) => (
          <tr
            key={fault.id}
            class={`${fault.id === openId ? 'open' : ''} ${fault.remaining === 0 ? 'spent' : ''}`}
          >
            <th scope="row">{effectInWords(fault.effect)}</th>
            <td>{matchInWords(fault)}</td>
            <td>{fault.when}</td>
            <td class="number" data-label="acted">
              {fault.acted}
            </td>
            <td class="number" data-label="matched">
              {fault.matched}
            </td>
            <td class="number" data-label="left">
              {fault.remaining ?? 'no limit'}
            </td>
            <td>
              <button
                type="button"
                aria-label={`Remove: ${effectInWords(fault.effect)}`}
                onClick={() => {
                  onRemove(fault.id)
                }}
              >
                Remove
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
