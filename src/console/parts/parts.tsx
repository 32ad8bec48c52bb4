import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { ApiError } from '../../base/problems/problems.ts'
import type { Violation } from '../../base/problems/types.ts'
import { readable } from './json.ts'
import { useSession } from '../session.ts'
import { useAction } from './hooks.ts'

interface Children {
  readonly children?: ComponentChildren
}

/** A button that copies a text, which may have to be asked for first. A text that cannot be copied is shown. */
export function CopyButton({
  text,
  children = 'Copy',
}: Children & { readonly text: string | (() => Promise<string>) }): JSX.Element {
  const { say } = useSession()
  const { run, error } = useAction()
  const [shown, setShown] = useState('')
  const copy = async (): Promise<void> => {
    const content = typeof text === 'string' ? text : await text()
    // Without https, browsers let only pages of this machine write to the clipboard.
    const clipboard = navigator.clipboard as Clipboard | undefined
    const isCopied = await clipboard?.writeText(content).then(
      () => true,
      () => false,
    )
    if (isCopied) say('Copied.')
    else setShown(content)
  }
  return (
    <>
      <button
        type="button"
        onClick={() => {
          run(copy)
        }}
      >
        {children}
      </button>
      {shown && <Code text={shown} label="To copy by hand" />}
      <Refusal error={error} />
    </>
  )
}

/** A text in the form of code. */
export const Code = ({ text, label }: { readonly text: string; readonly label: string }) => (
  // A scrolling region must be reachable by keyboard.
  <pre tabIndex={0} role="region" aria-label={label}>
    {text}
  </pre>
)

/** A command to copy. */
export const Command = ({ text }: { readonly text: string }) => (
  <div class="command">
    <Code text={text} label="Command" />
    <CopyButton text={text} />
  </div>
)

/** What is shown where there is nothing yet. */
export const Empty = ({ title, children }: Children & { readonly title: string }) => (
  <div class="empty">
    <h2>{title}</h2>
    {children}
  </div>
)

/** A refusal, with the violations that it names. */
export function Refusal({ error }: { readonly error: Error | undefined }): JSX.Element | null {
  if (error === undefined) return null
  return (
    <div role="alert" class="refusal">
      <p>{error.message}</p>
      <Violations violations={error instanceof ApiError ? (error.violations ?? []) : []} />
    </div>
  )
}

/** The violations of a document; nothing if there are none. */
export const Violations = ({ violations }: { readonly violations: readonly Violation[] }) =>
  violations.length > 0 && (
    <ul>
      {violations.map(({ pointer, detail }) => (
        <li>
          <code>{pointer}</code> {detail}
        </li>
      ))}
    </ul>
  )

/** Elements that have a text as their value. */
type ValueElement = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/** Binds an input to a value. */
export const bound = (value: string, set: (value: string) => void) => ({
  value,
  onInput: ({ currentTarget }: { readonly currentTarget: ValueElement }) => {
    set(currentTarget.value)
  },
})

/** A labelled field of a form; its input is the child. */
export const Field = ({
  label,
  hint,
  children,
}: Children & { readonly label: string; readonly hint?: string }) => (
  <label class="field">
    <span>
      {label}
      {hint && <small> {hint}</small>}
    </span>
    {children}
  </label>
)

/** A status as a word of its class: colour tells it once more. */
export const Status = ({ status }: { readonly status: number | null }) => (
  <b class={`status s${status === null ? 0 : Math.floor(status / 100)}`}>{status ?? 'none'}</b>
)

/** A modal dialog, open as long as it is rendered. */
export function Dialog({
  title,
  onClose,
  children,
}: Children & { readonly title: string; readonly onClose: () => void }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  )
}

/** Names and values, aligned; those without a value are left out. */
export const Facts = ({
  facts,
}: {
  readonly facts: readonly (readonly [name: string, value: ComponentChildren])[]
}) => (
  <dl class="facts">
    {facts.map(
      ([name, value]) =>
        value != null && (
          <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
    )}
  </dl>
)

/** Header fields; a field that was sent twice has two rows. */
export const HeaderFields = ({
  headers,
}: {
  readonly headers: Readonly<Record<string, string | string[]>>
}) => (
  <Facts
    facts={Object.entries(headers).flatMap(([name, value]) =>
      [value].flat().map((one) => [name, one] as const),
    )}
  />
)

/** Header fields and body of a message. */
export const Content = ({
  headers,
  body,
  bodyBytes,
  name,
}: {
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly body: string | null
  /** Length of the whole body. Absent if it is not known. */
  readonly bodyBytes?: number
  readonly name: string
}) => (
  <>
    <HeaderFields headers={headers} />
    {body === null ? (
      <p class="source">no body</p>
    ) : (
      <>
        {bodyBytes !== undefined && <p class="source">{bodyBytes.toLocaleString('en')} bytes</p>}
        <Code text={readable(body)} label={`${name} body`} />
      </>
    )}
  </>
)
