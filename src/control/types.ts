/** Selects one managing entity, or all. */
export interface EntityFilter {
  /** Identifier of the managing entity, in either case. Default: all. */
  readonly managingEntityIdentifier?: string
}
