/**
 * One row of a table of causes: why a request was refused, or did not do what its sender meant (CONTRACT §4, "A
 * refusal names its cause").
 */
export interface Cause<Subject> {
  /** What is recognised. */
  readonly is: (subject: Subject) => boolean
  /** What is said. */
  readonly says: string | ((subject: Subject) => string)
  /** Who says so: Wink's documentation (doc, wink), a standard, or we (ours). */
  readonly source: string
}

/** What all causes say that apply, in the order of their table. */
export function* causesOf<Subject>(
  table: readonly Cause<Subject>[],
  subject: Subject,
): Generator<string, undefined> {
  for (const { is, says } of table) {
    if (is(subject)) yield typeof says === 'string' ? says : says(subject)
  }
}

/** What the first cause says that applies. */
export const causeOf = <Subject>(
  table: readonly Cause<Subject>[],
  subject: Subject,
): string | undefined => causesOf(table, subject).next().value
