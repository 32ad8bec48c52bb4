import { useEffect, useReducer, useRef, useState } from 'preact/hooks'
import { hashOf, parseHash, type Route } from '../route.ts'
import { isUnauthorized, useSession } from '../session.ts'

/** The place that the address names, at each change of it. */
export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash)
  useEffect(() => {
    const follow = (): void => {
      setHash(location.hash)
    }
    addEventListener('hashchange', follow)
    return () => {
      removeEventListener('hashchange', follow)
    }
  }, [])
  return parseHash(hash)
}

/** Changes filters in the address without a new step in the history. */
export function setFilters(route: Route, filters: Route['filters']): void {
  history.replaceState(null, '', hashOf({ ...route, filters: { ...route.filters, ...filters } }))
  dispatchEvent(new Event('hashchange'))
}

/** Renders again at each batch of news. */
export function useNews(): void {
  const { live } = useSession()
  const [, render] = useReducer((count: number) => count + 1, 0)
  useEffect(
    () =>
      live.subscribe(() => {
        render(undefined)
      }),
    [live],
  )
}

/** A value of the sandbox; undefined until it is there. */
export interface Loaded<Value> {
  readonly value: Value | undefined
  readonly error: Error | undefined
  readonly reload: () => void
}

/** How long a value is shown before it is asked for again, in ms. */
const minAgeMs = 400

/** Loads a value, again whenever `revision` changes, and one request at a time. */
export function useLoaded<Value>(load: () => Promise<Value>, revision: unknown): Loaded<Value> {
  const { expire } = useSession()
  const [state, setState] = useState<{ value?: Value; error?: Error }>({})
  const job = useRef({ isBusy: false, isStale: false, isGone: false })
  const latest = useRef(load)
  latest.current = load
  const reload = (): void => {
    const { current } = job
    current.isStale = true
    if (current.isBusy) return
    current.isBusy = true
    void (async () => {
      while (current.isStale && !current.isGone) {
        current.isStale = false
        await latest.current().then(
          (value) => {
            if (!current.isGone) setState({ value })
          },
          (error: unknown) => {
            if (isUnauthorized(error)) expire()
            else if (!current.isGone) setState((before) => ({ ...before, error: error as Error }))
          },
        )
        await new Promise((resolve) => setTimeout(resolve, minAgeMs))
      }
      current.isBusy = false
    })()
  }
  useEffect(reload, [revision])
  useEffect(
    () => () => {
      job.current.isGone = true
    },
    [],
  )
  return { value: state.value, error: state.error, reload }
}

/** A change of the sandbox that the user asks for. */
export interface Action {
  /** Runs it; then says the sentence. A refusal is in `error`. */
  readonly run: (work: () => Promise<unknown>, sentence?: string) => void
  readonly error: Error | undefined
  readonly isBusy: boolean
}

export function useAction(): Action {
  const { say, expire } = useSession()
  const [state, setState] = useState<{ error?: Error; isBusy: boolean }>({ isBusy: false })
  const run = (work: () => Promise<unknown>, sentence?: string): void => {
    setState({ isBusy: true })
    void work().then(
      () => {
        setState({ isBusy: false })
        if (sentence) say(sentence)
      },
      (error: unknown) => {
        setState({ isBusy: false, error: error as Error })
        if (isUnauthorized(error)) expire()
      },
    )
  }
  return { run, error: state.error, isBusy: state.isBusy }
}
