import type { ComponentChildren, JSX } from 'preact'
import { Refusal } from '../parts/parts.tsx'

/** A section with a table of flags and their values. */
export function FlagTable({
  title,
  intro,
  lastColumn,
  error,
  children,
}: {
  readonly title: string
  readonly intro: string
  readonly lastColumn: string
  readonly error: Error | undefined
  /** The bodies of the table. */
  readonly children: ComponentChildren
}): JSX.Element {
  const id = title.toLowerCase()
  return (
    <section class="whole" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p>{intro}</p>
      <Refusal error={error} />
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">Flag</th>
            <th scope="col" class="value">
              Value
            </th>
            <th scope="col">{lastColumn}</th>
          </tr>
        </thead>
        {children}
      </table>
    </section>
  )
}
