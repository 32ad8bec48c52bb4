import type { JSX } from 'preact'
import { operations } from '../parts/operations.ts'
import { setFilters } from '../parts/hooks.ts'
import { bound } from '../parts/parts.tsx'
import type { Route } from '../route.ts'

/** The filters of the list of requests. They are kept in the address. */
export function RequestFilters({ route }: { readonly route: Route }): JSX.Element {
  const { filters } = route
  const field = (name: string) =>
    bound(filters[name] ?? '', (value) => {
      setFilters(route, { [name]: value })
    })
  return (
    <>
      <input
        type="search"
        aria-label="Text in path, body, diagnosis or id"
        placeholder="Text"
        {...field('text')}
      />
      <input
        type="search"
        aria-label="Managing entity"
        placeholder="Managing entity"
        {...field('entity')}
      />
      <select aria-label="Operation" {...field('operation')}>
        <option value="">Operation: all</option>
        {operations.map((name) => (
          <option value={name}>{name}</option>
        ))}
      </select>
      <select aria-label="Status" {...field('status')}>
        <option value="">Status: all</option>
        {['2xx', '4xx', '5xx'].map((name) => (
          <option value={name}>{name}</option>
        ))}
        <option value="none">no answer</option>
      </select>
    </>
  )
}
