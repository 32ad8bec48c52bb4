import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Refusal } from './parts.tsx'

/** Properties of {@link Details}. */
export interface DetailsProps {
  readonly title: string
  readonly id: string
  readonly isLoaded: boolean
  readonly error: Error | undefined
  /** Where the list alone is shown. */
  readonly closeHref: string
  readonly children?: ComponentChildren
}

/** The details of a row, beside the list; on a narrow page in its place. Escape closes them. */
export function Details({
  title,
  id,
  isLoaded,
  error,
  closeHref,
  children,
}: DetailsProps): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // Beside the list the focus stays there, so that the arrow keys go on to the next row.
    const list = document.querySelector('.list')
    if (!list?.checkVisibility()) heading.current?.focus()
  }, [id])
  useEffect(() => {
    const close = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape' && !document.querySelector('dialog[open]')) location.hash = closeHref
    }
    addEventListener('keydown', close)
    return () => {
      removeEventListener('keydown', close)
    }
  }, [closeHref])
  return (
    <section class="details" aria-label={title} aria-busy={!isLoaded && error === undefined}>
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {title} <code>{id.slice(0, 8)}</code>
        </h2>
        <a class="close" href={closeHref} aria-label={`Close ${title.toLowerCase()}`}>
          ×
        </a>
      </header>
      {error === undefined ? isLoaded && children : <Refusal error={error} />}
    </section>
  )
}
