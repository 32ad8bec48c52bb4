/** Selects one managing entity, or all. */
export interface EntityFilter {
  /** Identifier of the managing entity, in either case. Default: all. */
  readonly managingEntityIdentifier?: string
}

/** A part of a sandbox that its control changes; `sandbox` stands for all of it. */
export type ChangedPart = 'faults' | 'requests' | 'deliveries' | 'clock' | 'sandbox'
