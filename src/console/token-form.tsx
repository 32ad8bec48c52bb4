import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { bound, Field } from './parts/parts.tsx'

/** Asks for the admin token. The page keeps it in memory only. */
export function TokenForm({ onToken }: { readonly onToken: (token: string) => void }): JSX.Element {
  const [token, setToken] = useState('')
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    input.current?.focus()
  }, [])
  return (
    <form
      aria-label="Admin token"
      onSubmit={(event) => {
        event.preventDefault()
        onToken(token)
      }}
    >
      <p>This sandbox was started with an admin token.</p>
      <Field label="Admin token" hint="kept until this page is closed or loaded again">
        <input
          ref={input}
          type="password"
          class="wide"
          autocomplete="off"
          required
          {...bound(token, setToken)}
        />
      </Field>
      <button type="submit" class="primary">
        Open the console
      </button>
    </form>
  )
}
