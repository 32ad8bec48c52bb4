import type { FaultRule } from '../../control/faults/types.ts'

/** A form that arms a fault. Every field is a text, as the inputs have it. */
export interface FaultForm {
  readonly operation: string
  readonly entity: string
  readonly when: string
  readonly times: string
  readonly skip: string
  readonly percent: string
  readonly status: string
  readonly body: string
  readonly retryAfterSeconds: string
  readonly connection: string
  readonly delayMs: string
}

/** A form in which everything has its default. */
export const emptyForm: FaultForm = {
  operation: '',
  entity: '',
  when: 'before',
  times: '1',
  skip: '',
  percent: '',
  status: '',
  body: '',
  retryAfterSeconds: '',
  connection: '',
  delayMs: '',
}

/** The faults that the README shows. */
export const presets: Readonly<Record<string, Partial<FaultForm>>> = {
  'Fail twice, then recover': {
    operation: 'create-webhook',
    times: '2',
    status: '503',
    retryAfterSeconds: '1',
  },
  'Lose the answer': {
    operation: 'create-webhook',
    when: 'after-commit',
    connection: 'connection-reset',
  },
  Slow: { times: '', delayMs: '2000' },
  'Broken connection': { connection: 'truncated-body' },
}

/** The rule that a form stands for. The sandbox checks it. An empty field is left out; empty `times` is without limit. */
export function ruleOf(form: FaultForm): FaultRule {
  const { operation, entity, when, times, skip, percent } = form
  const { status, body, retryAfterSeconds, connection, delayMs } = form
  const rule = {
    match: given({ operation, managingEntityIdentifier: entity.trim() }),
    when,
    times: times === '' ? null : Number(times),
    ...given({ skip: numberOf(skip), probability: percent && Number(percent) / 100 }),
    effect: given({
      status: numberOf(status),
      body,
      retryAfterSeconds: numberOf(retryAfterSeconds),
      connection,
      delayMs: numberOf(delayMs),
    }),
  }
  return rule as FaultRule
}

const numberOf = (text: string): number | '' => (text === '' ? '' : Number(text))

const given = (members: object): object =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== ''))
