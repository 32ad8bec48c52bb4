import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'

/** A column of a {@link VirtualTable}. */
export interface Column<Row> {
  readonly title: string
  /** Name of its style. */
  readonly name: string
  readonly cell: (row: Row) => ComponentChildren
  /** Whether its cell is the link that opens the row. */
  readonly isLink?: boolean
}

/** Properties of a {@link VirtualTable}. */
export interface VirtualTableProps<Row> {
  readonly label: string
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  readonly hrefOf: (row: Row) => string
  /** Id of the row whose details are open. */
  readonly openId: string | undefined
  /** Heading of a row that groups those after it; undefined for a row that is data. */
  readonly headingOf?: (row: Row) => ComponentChildren
}

/** Height of a row, in pixels. The style sheet gets it as `--row`. */
const rowHeight = 32
/** Rows that are rendered above and below those in sight. */
const overscan = 8

const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 15,
  PageUp: -15,
  Home: -Infinity,
  End: Infinity,
}

/**
 * A table of any length that renders the rows in sight only. New rows come in at the top; where somebody reads further
 * down, or has the focus, the rows stay where they are. One row can be reached with Tab, the others with the arrow keys.
 */
export function VirtualTable<Row extends { readonly id: string }>({
  label,
  rows,
  columns,
  hrefOf,
  openId,
  headingOf,
}: VirtualTableProps<Row>): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  const [height, setHeight] = useState(0)
  const [activeId, setActiveId] = useState<string>()
  const focusNext = useRef(false)
  const firstId = useRef<string | undefined>(undefined)

  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      setHeight(entry?.contentRect.height ?? 0)
    })
    if (box.current) observer.observe(box.current)
    return () => {
      observer.disconnect()
    }
  }, [])

  useLayoutEffect(() => {
    const { current } = box
    const added = rows.findIndex(({ id }) => id === firstId.current)
    firstId.current = rows[0]?.id
    if (!current || added <= 0) return
    if (current.scrollTop > 0 || current.contains(document.activeElement)) {
      current.scrollTop += added * rowHeight
    }
  }, [rows])

  const first = Math.max(0, Math.min(Math.floor(top / rowHeight), rows.length - 1) - overscan)
  const last = Math.min(rows.length, Math.ceil((top + height) / rowHeight) + overscan)
  const shown = rows.slice(first, last)
  const isData = (row: Row): boolean => headingOf?.(row) === undefined
  const tabStop = (shown.find(({ id }) => id === activeId) ?? shown.find(isData))?.id

  useLayoutEffect(() => {
    if (!focusNext.current) return
    focusNext.current = false
    box.current?.querySelector<HTMLElement>('a[tabindex="0"]')?.focus({ preventScroll: true })
  })

  const move = (event: KeyboardEvent): void => {
    const step = steps[event.key]
    const { current } = box
    if (step === undefined || !current) return
    event.preventDefault()
    const from = rows.findIndex(({ id }) => id === tabStop)
    const index = Math.max(0, Math.min(rows.length - 1, from + step))
    // The next row that is no heading, in the direction of the step; at an end, the last one before it.
    const onward = step > 0 ? rows.slice(index) : rows.slice(0, index + 1).reverse()
    const row = onward.find(isData) ?? rows.find(isData)
    if (!row) return
    const at = rows.indexOf(row) * rowHeight
    // The head of the table covers one row.
    const view = current.clientHeight - rowHeight
    current.scrollTop = Math.max(at - view + rowHeight, Math.min(current.scrollTop, at))
    setTop(current.scrollTop)
    setActiveId(row.id)
    focusNext.current = true
    if (openId !== undefined) location.replace(hrefOf(row))
  }

  const space = (count: number): JSX.Element | false =>
    count > 0 && (
      <tr aria-hidden="true" style={{ height: `${count * rowHeight}px` }}>
        <td />
      </tr>
    )

  return (
    <div
      class="list"
      ref={box}
      style={{ '--row': `${rowHeight}px` }}
      onScroll={({ currentTarget }) => {
        setTop(currentTarget.scrollTop)
      }}
      onKeyDown={move}
    >
      <table aria-label={label} aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ title, name }) => (
              <th scope="col" class={name}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {space(first)}
          {shown.map((row, index) => {
            const heading = headingOf?.(row)
            if (heading !== undefined) {
              return (
                <tr key={row.id} aria-rowindex={first + index + 2} class="group">
                  <th scope="rowgroup">{heading}</th>
                  {columns.slice(1).map(({ name }) => (
                    <td class={name} />
                  ))}
                </tr>
              )
            }
            const href = hrefOf(row)
            return (
              <tr
                key={row.id}
                aria-rowindex={first + index + 2}
                class={row.id === openId ? 'open' : ''}
                onClick={({ currentTarget }) => {
                  currentTarget.querySelector('a')?.focus({ preventScroll: true })
                  location.hash = href
                }}
              >
                {columns.map(({ name, cell, isLink }) => (
                  <td class={name}>
                    {isLink ? (
                      <a
                        href={href}
                        tabIndex={row.id === tabStop ? 0 : -1}
                        aria-current={row.id === openId ? 'true' : undefined}
                        onFocus={() => {
                          setActiveId(row.id)
                        }}
                      >
                        {cell(row)}
                      </a>
                    ) : (
                      cell(row)
                    )}
                  </td>
                ))}
              </tr>
            )
          })}
          {space(rows.length - last)}
        </tbody>
      </table>
    </div>
  )
}
