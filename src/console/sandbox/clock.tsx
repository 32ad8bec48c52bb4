import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { ClockReading, ClockSetting } from '../../control/clock/types.ts'
import { useAction, useLoaded } from '../parts/hooks.ts'
import { bound, Facts, Field, Refusal } from '../parts/parts.tsx'
import { useSession } from '../session.ts'

const steps: Readonly<Record<string, number>> = {
  '1 min': 60_000,
  '1 h': 3_600_000,
  '1 day': 86_400_000,
}

/** How often the clock is read while it is shown, in ms. */
const readMs = 1_000

/** The clock of the sandbox: read, frozen, advanced, and set back. */
export function Clock(): JSX.Element {
  const { api } = useSession()
  const [tick, setTick] = useState(0)
  const { value: clock, error, reload } = useLoaded(() => api.clock.read(), tick)
  const action = useAction()
  const [instant, setInstant] = useState('')
  useEffect(() => {
    const timer = setInterval(() => {
      setTick((count) => count + 1)
    }, readMs)
    return () => {
      clearInterval(timer)
    }
  }, [])
  const change = (work: () => Promise<ClockReading>): void => {
    action.run(async () => {
      await work()
      reload()
    }, 'The clock is set.')
  }
  const set = (setting: ClockSetting): void => {
    change(() => api.clock.set(setting))
  }
  return (
    <section aria-labelledby="clock">
      <h2 id="clock">Clock</h2>
      <Facts
        facts={[
          ['now', clock && <code>{clock.now}</code>],
          ['mode', clock && modeInWords(clock)],
        ]}
      />
      <div class="toolbar">
        {Object.entries(steps).map(([name, ms]) => (
          <button
            type="button"
            onClick={() => {
              change(() => api.clock.advance(ms))
            }}
          >
            +{name}
          </button>
        ))}
        <button
          type="button"
          disabled={clock?.mode === 'system'}
          onClick={() => {
            set({ mode: 'system' })
          }}
        >
          Back to the machine’s time
        </button>
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          set({ mode: 'frozen', ...(instant.trim() && { instant: instant.trim() }) })
        }}
      >
        <Field label="Freeze at" hint="now if empty">
          <input class="wide" placeholder="2026-01-14T09:30:00Z" {...bound(instant, setInstant)} />
        </Field>
        <button type="submit">Freeze</button>
      </form>
      <Refusal error={action.error ?? error} />
    </section>
  )
}

function modeInWords(clock: ClockReading): string {
  if (clock.mode === 'frozen') return 'frozen'
  if (clock.mode === 'offset') return `${clock.offsetMs / 1000} s off the machine’s time`
  return 'the machine’s time'
}
