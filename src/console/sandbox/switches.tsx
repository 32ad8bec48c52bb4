import type { JSX } from 'preact'
import { useLoaded } from '../parts/hooks.ts'
import { Refusal } from '../parts/parts.tsx'
import { useSession } from '../session.ts'

/** The questions that Wink's documentation leaves open, and how this sandbox answers them. */
export function Switches(): JSX.Element {
  const { api } = useSession()
  const { value: switches = [], error } = useLoaded(() => api.ambiguities.list(), '')
  return (
    <section class="whole" aria-labelledby="switches">
      <h2 id="switches">Switches</h2>
      <p>What Wink’s documentation leaves open. They are set when the sandbox starts.</p>
      <Refusal error={error} />
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">Flag</th>
            <th scope="col" class="value">
              Value
            </th>
            <th scope="col">Question</th>
          </tr>
        </thead>
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
      </table>
    </section>
  )
}
