import { FaultRule } from './schema.ts'
import type { FaultMatchMembers } from './match-types.ts'
import type { FaultEffectMembers } from './types.ts'
import { operationMethods } from '../../wink/operation-names.ts'
import { entityViolations } from '../entity-violations.ts'
import type { Violation } from '../../base/problems/schema.ts'
import { refuseViolations, requireShape } from '../../base/problems/validate.ts'

/**
 * Validates a rule: its schema, and the combination of its fields.
 *
 * @throws ApiError `bad-request` that points at each violation
 */
export function requireFaultRule(value: unknown): FaultRule {
  const rule = requireShape(FaultRule, value, 'The fault')
  const broken = effectRules.filter(({ breaks }) => breaks(rule.effect))
  const violations = [
    ...matchViolations(rule.match ?? {}),
    ...broken.map(({ at, detail }) => ({
      pointer: at === '' ? '#/effect' : `#/effect/${at}`,
      detail,
    })),
  ]
  refuseViolations('The fault', { total: violations.length, listed: violations })
  return rule as FaultRule
}

/** Violations of matches that no request can satisfy. */
function matchViolations(match: FaultMatchMembers): Violation[] {
  const { method, operation } = match
  if (operation === undefined) return []
  const violations: Violation[] = []
  const methods = operationMethods[operation]
  if (method !== undefined && !methods.includes(method.toUpperCase())) {
    const detail = `must be ${methods.join(' or ')}, or left out: such is ${operation}`
    violations.push({ pointer: '#/match/method', detail })
  }
  return [...violations, ...entityViolations(match, '#/match')]
}

interface EffectRule {
  readonly breaks: (effect: FaultEffectMembers) => boolean
  readonly at: keyof FaultEffectMembers | ''
  readonly detail: string
}

const isSilent = ({ connection }: FaultEffectMembers): boolean =>
  connection !== undefined && connection !== 'truncated-body'

/** Fields that require a status. */
const answerFields = ['detail', 'retryAfterSeconds', 'body'] as const

const effectRules: readonly EffectRule[] = [
  {
    breaks: ({ status, connection, delayMs, minMs, maxMs }) =>
      [status, connection, delayMs, minMs, maxMs].every((field) => field === undefined),
    at: '',
    detail: 'must have a status, a connection, or a delay (delayMs, or minMs and maxMs)',
  },
  {
    breaks: (effect) => effect.status !== undefined && isSilent(effect),
    at: 'status',
    detail: 'must be left out: this connection fault answers nothing',
  },
  ...answerFields.map((field): EffectRule => ({
    breaks: (effect) => effect[field] !== undefined && effect.status === undefined,
    at: field,
    detail: 'must be left out, or status must be present',
  })),
  {
    breaks: ({ detail, body = 'problem' }) => detail !== undefined && body !== 'problem',
    at: 'detail',
    detail: 'must be left out: only the body "problem" has a detail',
  },
  {
    breaks: ({ body, status }) =>
      body === 'spring-security' && status !== undefined && ![401, 403].includes(status),
    at: 'body',
    detail: 'must be another one: spring-security goes with status 401 or 403',
  },
  {
    breaks: ({ body = 'problem', connection }) =>
      connection === 'truncated-body' && ['spring-security', 'empty'].includes(body),
    at: 'body',
    detail: 'must be another one: this one has nothing to truncate',
  },
  {
    breaks: ({ minMs, maxMs }) => maxMs === undefined && minMs !== undefined,
    at: 'maxMs',
    detail: 'must be present: it goes with minMs',
  },
  {
    breaks: ({ minMs, maxMs }) => minMs === undefined && maxMs !== undefined,
    at: 'minMs',
    detail: 'must be present: it goes with maxMs',
  },
  {
    breaks: ({ minMs = 0, maxMs = Infinity }) => minMs > maxMs,
    at: 'minMs',
    detail: 'must not be more than maxMs',
  },
  {
    breaks: ({ delayMs, minMs, maxMs }) =>
      delayMs !== undefined && (minMs !== undefined || maxMs !== undefined),
    at: 'delayMs',
    detail: 'must be left out: minMs and maxMs already say the delay',
  },
]
