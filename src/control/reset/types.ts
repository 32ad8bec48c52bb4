/** A part of the sandbox that can be reset separately. */
export type ResetPart = 'webhooks' | 'faults' | 'requests' | 'deliveries' | 'clock'

/** Resets some parts, or everything, of all managing entities. */
export interface FullReset {
  readonly managingEntityIdentifier?: never
  /** These parts alone, at least one. Default: everything, what data and tokens say of accounts included. */
  readonly only?: readonly [ResetPart, ...ResetPart[]]
}

/** Resets what belongs to one managing entity. All of them share the clock, so it cannot be a part. */
export interface EntityReset {
  /** Identifier of the managing entity, in either case. Default: all. */
  readonly managingEntityIdentifier: string
  /** These parts alone, at least one. Default: all four. */
  readonly only?: readonly [EntityResetPart, ...EntityResetPart[]]
}

/** A part of the sandbox that can be reset for one managing entity. */
export type EntityResetPart = Exclude<ResetPart, 'clock'>

/** The parts to reset. */
export type Reset = FullReset | EntityReset
