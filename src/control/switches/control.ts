import { ambiguitiesOf } from '../../wink/switches/ambiguities.ts'
import type { Ambiguity, Switches } from '../../wink/switches/types.ts'

/** Lists the questions that Wink's documentation leaves open. */
export interface AmbiguityControl {
  /** Lists the questions, each with this sandbox's answer. */
  list(): Ambiguity[]
}

export const buildAmbiguityControl = (switches: Switches): AmbiguityControl => ({
  list: () => ambiguitiesOf(switches),
})
