import type { JSX } from 'preact'
import type { DeliveryAttempt } from '../../control/deliveries/types.ts'
import { Content } from '../parts/parts.tsx'
import { levelOf, resultOf } from './attempts.ts'

/** The attempts of a delivery, each with a bar from its start to its end. */
export function TimeLine({
  attempts,
}: {
  readonly attempts: readonly DeliveryAttempt[]
}): JSX.Element {
  const start = Math.min(...attempts.map(({ time }) => Date.parse(time)))
  const ends = attempts.map(({ time, durationMs }) => Date.parse(time) + durationMs)
  const total = Math.max(...ends) - start || 1
  return (
    <section>
      <h3>Attempts</h3>
      <ol class="time-line">
        {attempts.map((attempt) => {
          const { number, time, durationMs, firstByteMs, error, headers, body } = attempt
          const afterMs = Date.parse(time) - start
          return (
            <li key={number}>
              <p>
                {number}. <b class={levelOf(attempt)}>{resultOf(attempt)}</b> after{' '}
                {Math.round(durationMs)} ms
                {firstByteMs !== null && `, first byte after ${Math.round(firstByteMs)} ms`}{' '}
                <span class="source">
                  {time.slice(11, 23)}
                  {afterMs > 0 && `, ${afterMs} ms after the first`}
                </span>
              </p>
              <div class="track" aria-hidden="true">
                <div
                  class={levelOf(attempt)}
                  style={{
                    marginLeft: `${(100 * afterMs) / total}%`,
                    width: `${(100 * durationMs) / total}%`,
                  }}
                />
              </div>
              {error && <p>{error}</p>}
              {headers && (
                <details>
                  <summary>Answer</summary>
                  <Content headers={headers} body={body} name={`Answer ${number}`} />
                </details>
              )}
            </li>
          )
        })}
      </ol>
    </section>
  )
}
