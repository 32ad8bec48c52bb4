import { entityKey } from '../../wink/managing-entity.ts'
import { isTerminal, type Fault } from './fault.ts'
import { masked } from '../../base/masking/text.ts'
import { ApiError } from '../../base/problems/problems.ts'
import { seededRandom, type RandomSource } from '../../base/random.ts'
import type { IdSource } from '../../base/ids.ts'
import type { ArmedFault, FaultEffect, FaultMoment, FaultRule } from './schema.ts'

/** Maximum number of armed rules. A new rule may replace one that is used up. */
const maxFaults = 1_000

/** The parts of a request that rules match. */
export interface FaultedRequest {
  readonly managingEntityIdentifier: string | undefined
  readonly method: string
  readonly operation: string | undefined
  readonly token: string | undefined
}

interface Rule {
  readonly id: string
  readonly rule: FaultRule
  readonly random: RandomSource
  readonly limit: number | null
  matched: number
  acted: number
}

/** Armed rules, in the order of arming. */
export class FaultStore {
  readonly #rules = new Map<string, Rule>()
  readonly #ids: IdSource
  readonly #random: RandomSource

  /** @param random - used for rules without a seed */
  constructor(ids: IdSource, random: RandomSource) {
    this.#ids = ids
    this.#random = random
  }

  /**
   * Arms a rule, after those that are already armed.
   *
   * @param rule - kept without a copy
   * @throws ApiError `conflict` if too many rules are armed
   */
  arm(rule: FaultRule): ArmedFault {
    if (this.#rules.size >= maxFaults) this.#forgetOldestUsedUp()
    const { seed, times = 1 } = rule
    const armed: Rule = {
      id: this.#ids(),
      rule,
      random: seed === undefined ? this.#random : seededRandom(seed),
      limit: times,
      matched: 0,
      acted: 0,
    }
    this.#rules.set(armed.id, armed)
    return view(armed)
  }

  #forgetOldestUsedUp(): void {
    for (const rule of this.#rules.values()) {
      if (remaining(rule) !== 0) continue
      this.#rules.delete(rule.id)
      return
    }
    throw new ApiError('conflict', `${maxFaults} faults are armed; remove some of them.`)
  }

  get(id: string): ArmedFault | undefined {
    const rule = this.#rules.get(id)
    return rule && view(rule)
  }

  /** Lists all rules, or those whose `match` names a managing entity. */
  list(managingEntityIdentifier?: string): ArmedFault[] {
    return this.#of(managingEntityIdentifier).map(view)
  }

  /** @returns false if the rule does not exist */
  remove(id: string): boolean {
    return this.#rules.delete(id)
  }

  /** Removes all rules, or those whose `match` names a managing entity. */
  clear(managingEntityIdentifier?: string): void {
    for (const { id } of this.#of(managingEntityIdentifier)) this.#rules.delete(id)
  }

  /** True if no rule is armed, so that callers can skip {@link take}. */
  get isEmpty(): boolean {
    return this.#rules.size === 0
  }

  /**
   * Takes the faults that act on a request at this moment, in order: any delays, then at most one terminal
   * fault. Each counts as used.
   */
  take(request: FaultedRequest, moment: FaultMoment): Fault[] {
    const taken: Fault[] = []
    for (const rule of this.#rules.values()) {
      if ((rule.rule.when ?? 'before') !== moment || !isDue(rule, request)) continue
      rule.acted += 1
      const fault = toFault(rule)
      taken.push(fault)
      if (isTerminal(fault)) break
    }
    return taken
  }

  /** Returns a fault that was taken but did not act. */
  giveBack({ id = '' }: Fault): void {
    const rule = this.#rules.get(id)
    if (rule) rule.acted -= 1
  }

  #of(managingEntityIdentifier: string | undefined): Rule[] {
    const rules = [...this.#rules.values()]
    if (managingEntityIdentifier === undefined) return rules
    const key = entityKey(managingEntityIdentifier)
    return rules.filter(({ rule: { match } }) => entityKeyOf(match) === key)
  }
}

const entityKeyOf = (match: FaultRule['match']): string | undefined =>
  match?.managingEntityIdentifier === undefined
    ? undefined
    : entityKey(match.managingEntityIdentifier)

const remaining = ({ limit, acted }: Rule): number | null => (limit === null ? null : limit - acted)

function isDue(rule: Rule, request: FaultedRequest): boolean {
  if (remaining(rule) === 0 || !matches(rule.rule.match, request)) return false
  rule.matched += 1
  const { skip = 0, probability = 1 } = rule.rule
  return rule.matched > skip && (probability === 1 || rule.random() < probability)
}

function matches(match: FaultRule['match'], request: FaultedRequest): boolean {
  if (match === undefined) return true
  const { method, operation, token } = match
  const entity = entityKeyOf(match)
  const requested = request.managingEntityIdentifier
  return (
    (entity === undefined || (requested !== undefined && entity === entityKey(requested))) &&
    (method === undefined || method.toUpperCase() === request.method) &&
    (operation === undefined || operation === request.operation) &&
    (token === undefined || token === request.token)
  )
}

function toFault({ id, rule, random }: Rule): Fault {
  const { effect, when = 'before' } = rule
  return {
    source: 'rule',
    id,
    effect,
    when,
    delayMs: delayOf(effect, random),
    origin: `fault ${id}`,
  }
}

function delayOf({ delayMs, minMs = 0, maxMs }: FaultEffect, random: RandomSource): number {
  if (maxMs === undefined) return delayMs ?? 0
  return minMs + Math.floor(random() * (maxMs - minMs + 1))
}

function view(rule: Rule): ArmedFault {
  const { match: { token, ...match } = {}, skip = 0, probability = 1, seed, effect } = rule.rule
  return {
    id: rule.id,
    match: { ...match, ...(token !== undefined && { token: masked }) },
    times: rule.limit,
    skip,
    probability,
    ...(seed !== undefined && { seed }),
    effect: { ...effect },
    when: rule.rule.when ?? 'before',
    matched: rule.matched,
    acted: rule.acted,
    remaining: remaining(rule),
  }
}
