import type { Cause } from '../problems/causes.ts'

// Reasons why a text does not have the required format.

export const blankAtEnd: Cause<string> = {
  is: (text) => text !== text.trim(),
  says: 'it has a blank at its beginning or end: leave it out',
  source: 'ours',
}

export const uuidCauses: readonly Cause<string>[] = [
  {
    is: (text) => /^urn:uuid:/i.test(text),
    says: 'leave out urn:uuid:',
    source: 'RFC 9562 §4',
  },
  {
    is: (text) => /^\{[\da-f-]{36}\}$/i.test(text),
    says: 'leave out { and }',
    source: 'RFC 9562 §4',
  },
  {
    is: (text) => /[{}]/.test(text),
    says: 'it is a placeholder: put a value in its place',
    source: 'ours',
  },
  {
    is: (text) => /^[\da-f]{32}$/i.test(text),
    says: 'it has no hyphens',
    source: 'RFC 9562 §4',
  },
]

export const instantCauses: readonly Cause<string>[] = [
  {
    is: (text) => /^[\d-]{10}T[\d:.]{8,40} \d\d:\d\d$/.test(text),
    says: 'it has a blank where its offset has +: in a query + is a blank, write %2B',
    source: 'WHATWG URL, application/x-www-form-urlencoded',
  },
  {
    is: (text) => /^[\d-]{10} \d/.test(text),
    says: 'it has a blank between date and time: write T',
    source: 'ours; RFC 3339 §5.6',
  },
  {
    is: (text) => /^[\d-]{10}(?:T[\d:.]{5,40})?$/.test(text),
    says: 'it has no offset or no time: end it as in T00:00:00Z',
    source: 'RFC 3339 §5.6',
  },
]

export const bearerTokenCauses: readonly Cause<string>[] = [
  {
    is: (text) => /^bearer /i.test(text),
    says: 'leave out the scheme, Bearer',
    source: 'RFC 6750 §2.1',
  },
]

export const textCauses: readonly Cause<string>[] = [
  {
    is: (text) => text !== '',
    says: 'it has half of a surrogate pair, as an emoji that was cut in two',
    source: 'ours; RFC 8259 §8.2',
  },
]
