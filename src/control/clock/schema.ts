import { Type } from '@sinclair/typebox'
import { Instant } from '../../base/schema/formats.ts'
import type { InterfaceOf } from '../../base/schema/interface.ts'
import type * as types from './types.ts'

/** Maximum offset of a clock, in ms: 1,000 calendar years, which have at most 365,243 days. */
export const maxOffsetMs = 365_243 * 24 * 60 * 60 * 1000

const exampleSetting = { mode: 'frozen', instant: '2026-01-14T09:30:00.000Z' }

/** How to set the clock of a sandbox: to the system time, to a fixed instant, or to an offset from the system time. */
export const ClockSetting = Type.Object(
  {
    mode: Type.Union([Type.Literal('system'), Type.Literal('frozen'), Type.Literal('offset')]),
    instant: Type.Optional(
      Type.Unsafe<string>({ ...Instant, description: 'For frozen; now, where it is left out.' }),
    ),
    offsetMs: Type.Optional(
      Type.Integer({
        minimum: -maxOffsetMs,
        maximum: maxOffsetMs,
        description: 'For offset: ahead of the system clock, in ms; negative: behind it.',
      }),
    ),
  },
  {
    additionalProperties: false,
    title: 'ClockSetting',
    examples: [exampleSetting],
  },
)
export type ClockSetting = InterfaceOf<typeof ClockSetting, types.ClockSetting>

/** How far to move the clock forward. */
export const ClockStep = Type.Object(
  {
    ms: Type.Integer({
      minimum: 0,
      maximum: maxOffsetMs,
      description: 'How far to move it forward, in ms.',
    }),
  },
  { additionalProperties: false, title: 'ClockStep', examples: [{ ms: 60_000 }] },
)

/** The setting of a clock, and its current time. */
export const ClockReading = Type.Object(
  { ...ClockSetting.properties, now: Instant },
  { title: 'ClockReading', examples: [{ ...exampleSetting, now: exampleSetting.instant }] },
)
export type ClockReading = InterfaceOf<typeof ClockReading, types.ClockReading>
