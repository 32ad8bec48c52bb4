import type { JSX } from 'preact'
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { Deliveries } from './deliveries/deliveries.tsx'
import { Faults } from './faults/faults.tsx'
import { Live } from './live/live.ts'
import { useNews, useRoute } from './parts/hooks.ts'
import { Refusal } from './parts/parts.tsx'
import { Requests } from './requests/requests.tsx'
import { hashOf, views, type Route, type View } from './route.ts'
import { Sandbox } from './sandbox/sandbox.tsx'
import { connect, isUnauthorized, SessionContext, useSession, type Session } from './session.ts'
import { TokenForm } from './token-form.tsx'
import { Webhooks } from './webhooks/webhooks.tsx'

const pages: Readonly<Record<View, (props: { readonly route: Route }) => JSX.Element>> = {
  requests: Requests,
  webhooks: Webhooks,
  deliveries: Deliveries,
  faults: Faults,
  sandbox: Sandbox,
}

/** Why there is no session. */
interface Failure {
  readonly asksForToken: boolean
  /** A refusal to show; undefined at the first question for the token. */
  readonly error: Error | undefined
}

/** How long a sentence is shown, in ms. */
const sayMs = 4_000

/** The console: connects to the sandbox, asks for the admin token if there is one, and shows a view. */
export function App({ sandboxUrl }: { readonly sandboxUrl: string }): JSX.Element {
  const [session, setSession] = useState<Session>()
  const [failure, setFailure] = useState<Failure>()
  const [said, setSaid] = useState('')
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  const say = useCallback((sentence: string): void => {
    clearTimeout(timer.current)
    setSaid(sentence)
    timer.current = setTimeout(() => {
      setSaid('')
    }, sayMs)
  }, [])
  const enter = async (token?: string): Promise<void> => {
    try {
      const api = await connect(sandboxUrl, token)
      const expire = (): void => {
        live.close()
        setSession(undefined)
        setFailure({ asksForToken: true, error: undefined })
      }
      const live = new Live(api, token, expire)
      setFailure(undefined)
      setSession({ api, live, say, expire })
    } catch (refusal) {
      const asksForToken = isUnauthorized(refusal)
      const wrong = token === undefined ? undefined : new Error('It is not the admin token.')
      setFailure({ asksForToken, error: asksForToken ? wrong : (refusal as Error) })
    }
  }
  useEffect(() => {
    void enter()
  }, [])

  return (
    <>
      {session && (
        <SessionContext.Provider value={session}>
          <Shell />
        </SessionContext.Provider>
      )}
      {!session && failure && (
        <main class="page">
          <h1>wink-webhook-mock</h1>
          {failure.asksForToken && <TokenForm onToken={(token) => void enter(token)} />}
          <Refusal error={failure.error} />
          {!failure.asksForToken && (
            <button type="button" onClick={() => void enter()}>
              Try again
            </button>
          )}
        </main>
      )}
      <p role="status" class="said">
        {said}
      </p>
    </>
  )
}

function Shell(): JSX.Element {
  const { live } = useSession()
  useNews()
  const route = useRoute()
  const Page = pages[route.view]
  useEffect(() => {
    document.title = `${route.view} · wink-webhook-mock`
  }, [route.view])
  return (
    <>
      <header class="bar">
        <h1>wink-webhook-mock</h1>
        <nav aria-label="Views">
          {views.map((view) => (
            <a
              href={hashOf({ view })}
              class={view}
              aria-current={view === route.view ? 'page' : undefined}
            >
              {view}
            </a>
          ))}
        </nav>
        <span class={`live ${live.isConnected ? 'on' : 'off'}`}>
          {live.isConnected ? 'live' : 'connecting…'}
        </span>
      </header>
      <Refusal error={live.refusal} />
      <main key={route.view}>
        <Page route={route} />
      </main>
    </>
  )
}
