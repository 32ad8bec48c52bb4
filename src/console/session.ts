import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { connectSandbox, type ConnectedSandbox } from '../client/connect.ts'
import { ApiError } from '../base/problems/problems.ts'
import type { Live } from './live/live.ts'

/** The objects that every view works with. */
export interface Session {
  readonly api: ConnectedSandbox
  readonly live: Live
  /** Shows a sentence for some seconds; a screen reader says it. */
  readonly say: (sentence: string) => void
  /** Asks for the admin token again. */
  readonly expire: () => void
}

export const SessionContext = createContext<Session | undefined>(undefined)

/** The session of the page. There is one wherever a view is shown. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('There is no session.')
  return session
}

/**
 * Connects to the sandbox, and tries whether it lets the page in.
 *
 * @throws ApiError `unauthorized` if it asks for another token
 */
export async function connect(url: string, adminToken?: string): Promise<ConnectedSandbox> {
  const api = await connectSandbox(url, { adminToken })
  await api.clock.read()
  return api
}

/** True for the refusal of an admin token. */
export const isUnauthorized = (error: unknown): boolean =>
  error instanceof ApiError && error.status === 401
