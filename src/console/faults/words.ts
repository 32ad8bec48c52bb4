import type { ArmedFault, FaultEffectMembers } from '../../control/faults/types.ts'

/** The effect of a fault in words. */
export function effectInWords(effect: FaultEffectMembers): string {
  const { status, body, retryAfterSeconds, connection, delayMs, minMs, maxMs, detail } = effect
  const parts = [
    delayMs !== undefined && `waits ${delayMs} ms`,
    minMs !== undefined && `waits ${minMs} to ${Number(maxMs)} ms`,
    status !== undefined && `answers ${status}`,
    body !== undefined && body !== 'problem' && `as ${body}`,
    retryAfterSeconds !== undefined && `Retry-After ${retryAfterSeconds} s`,
    detail !== undefined && `“${detail}”`,
    connection !== undefined && `connection: ${connection}`,
  ]
  return parts.filter(Boolean).join(', ')
}

/** The requests that a fault acts on, in words. */
export function matchInWords({ match, skip, probability }: ArmedFault): string {
  const { operation, method, managingEntityIdentifier: entity, token } = match
  const parts = [
    operation ?? method ?? 'every request',
    entity !== undefined && `of ${entity}`,
    token !== undefined && 'with one token',
    skip > 0 && `after the first ${skip}`,
    probability < 1 && `${Math.round(probability * 100)} % of them`,
  ]
  return parts.filter(Boolean).join(', ')
}
