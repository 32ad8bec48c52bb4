/**
 * A row of a table of causes: a reason why a request was refused or had no effect (CONTRACT §4, "A refusal names its
 * cause").
 */
export interface Cause<Subject> {
  /** True if this cause applies. */
  readonly is: (subject: Subject) => boolean
  /** The sentence, or part of one, that names the cause. */
  readonly says: string | ((subject: Subject) => string)
  /** Origin of the rule: Wink's documentation (doc, wink), a standard, or this project (ours). */
  readonly source: string
}

/** The texts of all causes that apply, in the order of their table. */
export function* causesOf<Subject>(
  table: readonly Cause<Subject>[],
  subject: Subject,
): Generator<string, undefined> {
  for (const { is, says } of table) {
    if (is(subject)) yield typeof says === 'string' ? says : says(subject)
  }
}

/** The text of the first cause that applies. */
export const causeOf = <Subject>(
  table: readonly Cause<Subject>[],
  subject: Subject,
): string | undefined => causesOf(table, subject).next().value
