import type { JSX } from 'preact'
import { useLoaded } from '../parts/hooks.ts'
import { useSession } from '../session.ts'
import { FlagTable } from './flag-table.tsx'

/** The questions that Wink's documentation leaves open, and how this sandbox answers them. */
export function Switches(): JSX.Element {
  const { api } = useSession()
  const { value: switches = [], error } = useLoaded(() => api.ambiguities.list(), '')
  return (
    <FlagTable
      title="Switches"
      intro="What Wink’s documentation leaves open. They are set when the sandbox starts."
      lastColumn="Question"
      error={error}
    >
      <tbody>
        {switches.map(({ flag, current, values, question, ...others }) => (
          <tr>
            <th scope="row">
              <code>{flag}</code>
            </th>
            <td>
              <b>{current}</b>{' '}
              <span class="source">
                {current === others.default ? 'default' : `default: ${others.default}`}; one of{' '}
                {values.join(', ')}
              </span>
            </td>
            <td>{question}</td>
          </tr>
        ))}
      </tbody>
    </FlagTable>
  )
}
