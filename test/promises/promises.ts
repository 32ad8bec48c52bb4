import { existsSync } from 'node:fs'
import { projectText, projectUrl } from '../fixtures/project.ts'

/** A sentence, or a part of a table row, of a document. */
export interface Sentence {
  /** The heading above it, without `#`. */
  readonly section: string
  /** Its text, in one line; links are reduced to their text. */
  readonly text: string
}

/** The tests that show a promise (`folder/file.test.ts: title`), or why a sentence promises nothing. */
export type Shown = readonly string[] | { readonly promisesNothing: string }

/**
 * The promises of a document: section -> beginning of a sentence -> the tests that show it. A beginning that ends
 * with `…` stands for every sentence of the section that begins so; each other one stands for one sentence.
 */
export type Promises = Readonly<Record<string, Readonly<Record<string, Shown>>>>

/**
 * Names the tests of one file below `test/`. A title is written as in the source, with `…` for each `${}` of a
 * template. `title > row` names one row of a test's table: `row` must occur in the file.
 */
export const testsIn =
  (file: string) =>
  (...titles: string[]): string[] =>
    titles.map((title) => `${file}: ${title}`)

/** For a sentence that promises nothing: one word says why, such as `introduction`. */
export const no = (why: string): Shown => ({ promisesNothing: why })

/**
 * Splits Markdown into sentences. Headings, code blocks, the heads of tables and lists of contents (items that are only
 * a link to a section) are left out. Each list item and each table row is a block of its own (cells are joined by
 * ` | `); a block ends at `.`, `!` or `?` before a blank and a capital letter, a digit or code.
 */
export function sentencesOf(markdown: string): Sentence[] {
  let section = ''
  const sentences: Sentence[] = []
  for (const block of blocksOf(markdown)) {
    const [, heading] = /^#+ (.*)$/.exec(block) ?? []
    if (heading !== undefined) section = heading
    else sentences.push(...split(plainText(block)).map((text) => ({ section, text })))
  }
  return sentences
}

/** Headings, paragraphs, list items and table rows, in their order. */
function blocksOf(markdown: string): string[] {
  const text = markdown
    .replace(/^( *)```[\s\S]*?^\1```$/gm, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/^\|.*\|\n\|[-| :]+\|$/gm, '')
  const ownLine = /\n(?=#+ |\| | *(?:[-*]|\d+\.) )/
  return text
    .split(/\n\s*\n/)
    .flatMap((paragraph) => paragraph.split(ownLine))
    .map((block) => block.trim())
    .filter((block) => block !== '' && !/^- \[[^\]]*\]\(#[^)]*\)$/.test(block))
}

function plainText(block: string): string {
  const [, row] = /^\|(.*)\|$/.exec(block) ?? []
  const text =
    row === undefined
      ? block.replace(/^(?:[-*]|\d+\.) +/, '')
      : row
          .split(/(?<!\\)\|/)
          .map((cell) => cell.trim())
          .join(' | ')
  return text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\s+/g, ' ')
}

function split(text: string): string[] {
  const masked = text.replace(/`[^`]*`/g, (code) => 'X'.repeat(code.length))
  const ends = [...masked.matchAll(/(?<=[.!?][)"_*]*) (?=[("_*]*[\p{Lu}\d])/gu)].map(
    ({ index }) => index,
  )
  const starts = [0, ...ends.map((end) => end + 1)]
  return starts.map((start, nth) => text.slice(start, ends[nth]))
}

/** The mistakes in a table of promises, a sentence each. */
export function wrongPromises(markdown: string, promises: Promises): string[] {
  const sentences = sentencesOf(markdown)
  const keys = Object.entries(promises).flatMap(([section, rows]) =>
    Object.entries(rows).map(([beginning, shown]) => ({ section, beginning, shown })),
  )
  const matches = ({ section, beginning }: { section: string; beginning: string }, s: Sentence) =>
    s.section === section && s.text.startsWith(beginning.replace(/…$/, ''))
  return [
    ...sentences.flatMap((sentence) => {
      const count = keys.filter((key) => matches(key, sentence)).length
      const where = `${sentence.section}: "${sentence.text}"`
      return count === 1 ? [] : [`${count === 0 ? 'No row' : `${count} rows`} for ${where}`]
    }),
    ...keys.flatMap((key) => {
      const count = sentences.filter((sentence) => matches(key, sentence)).length
      const where = `${key.section}: "${key.beginning}"`
      if (count === 0) return [`No sentence for ${where}`]
      return count === 1 || key.beginning.endsWith('…') ? [] : [`${count} sentences for ${where}`]
    }),
    ...keys.flatMap(({ section, beginning, shown }) => {
      if ('promisesNothing' in shown) return []
      const wrong = shown.length === 0 ? ['no test is named'] : shown.flatMap(wrongReference)
      return wrong.map((what) => `${section}: "${beginning}": ${what}`)
    }),
  ]
}

function wrongReference(reference: string): string[] {
  const [file, title, row] = partsOf(reference)
  if (!existsSync(projectUrl(`test/${file}`))) return [`no such file: ${reference}`]
  const source = projectText(`test/${file}`)
  if (!titlesOf(source).includes(title)) return [`no such title: ${reference}`]
  return row === undefined || source.includes(row) ? [] : [`no such row: ${reference}`]
}

/** File, title and row of a reference. */
function partsOf(reference: string): [string, string, string | undefined] {
  const end = reference.indexOf(': ')
  const [title, row] = reference.slice(end + 2).split(/ > (.*)/, 2)
  return [reference.slice(0, end), String(title), row]
}

const titlesOf = (source: string): string[] =>
  [...source.matchAll(/\btest\(\s*(?:'((?:[^'\\]|\\.)*)'|"([^"]*)"|`([^`]*)`)/g)].map(
    ([, single, double, template]) =>
      (single ?? double ?? String(template)).replaceAll('\\', '').replace(/\$\{[^}]*\}/g, '…'),
  )
