import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { useAction } from '../parts/hooks.ts'
import { operations } from '../parts/operations.ts'
import { bound, Field, Refusal } from '../parts/parts.tsx'
import { useSession } from '../session.ts'
import { emptyForm, presets, ruleOf, type FaultForm } from './fault-form.ts'

const statuses = '400 401 403 404 405 408 409 413 415 429 431 500 502 503 504'.split(' ')
const bodies = ['problem', 'spring-security', 'boot-error', 'gateway-html', 'empty']
const connections = ['connection-reset', 'empty-response', 'truncated-body', 'no-response']

/** The form that arms a fault. A preset fills it in. */
export function ArmFault({ onArmed }: { readonly onArmed: () => void }): JSX.Element {
  const { api } = useSession()
  const { run, error, isBusy } = useAction()
  const [form, setForm] = useState<FaultForm>(emptyForm)
  const field = (name: keyof FaultForm) =>
    bound(form[name], (value) => {
      setForm({ ...form, [name]: value })
    })
  const number = (name: keyof FaultForm, min = 0) => (
    <input type="number" min={min} step="any" {...field(name)} />
  )
  return (
    <form
      aria-label="Arm a fault"
      onSubmit={(event) => {
        event.preventDefault()
        run(async () => {
          await api.faults.arm(ruleOf(form))
          onArmed()
        }, 'The fault is armed.')
      }}
    >
      <div class="toolbar">
        <h2>Arm a fault</h2>
        <span class="source">Presets:</span>
        {Object.entries(presets).map(([name, preset]) => (
          <button
            type="button"
            onClick={() => {
              setForm({ ...emptyForm, ...preset })
            }}
          >
            {name}
          </button>
        ))}
      </div>
      <fieldset>
        <legend>On which requests</legend>
        <Field label="Operation">
          <Choice first="every request" options={operations} {...field('operation')} />
        </Field>
        <Field label="Managing entity" hint="all if empty">
          <input class="wide" {...field('entity')} />
        </Field>
        <Field label="Moment">
          <Choice options={['before', 'after-commit']} {...field('when')} />
        </Field>
        <Field label="Times" hint="no limit if empty">
          {number('times', 1)}
        </Field>
        <Field label="Let pass first">{number('skip')}</Field>
        <Field label="Share, %">{number('percent')}</Field>
      </fieldset>
      <fieldset>
        <legend>What happens</legend>
        <Field label="Status">
          <Choice first="none" options={statuses} {...field('status')} />
        </Field>
        <Field label="Body">
          <Choice first="default" options={bodies} {...field('body')} />
        </Field>
        <Field label="Retry-After, s">{number('retryAfterSeconds')}</Field>
        <Field label="Connection">
          <Choice first="stays open" options={connections} {...field('connection')} />
        </Field>
        <Field label="Delay, ms">{number('delayMs')}</Field>
      </fieldset>
      <Refusal error={error} />
      <button type="submit" class="primary" disabled={isBusy}>
        Arm
      </button>
    </form>
  )
}

/** A choice of one; `first` stands for none of them. */
const Choice = ({
  first,
  options,
  ...field
}: {
  readonly first?: string
  readonly options: readonly string[]
} & ReturnType<typeof bound>) => (
  <select {...field}>
    {first !== undefined && <option value="">{first}</option>}
    {options.map((option) => (
      <option value={option}>{option}</option>
    ))}
  </select>
)
