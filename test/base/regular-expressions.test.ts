import t from 'tap'
import { hostileTexts, type HostileText } from '../fixtures/hostile-texts.ts'
import { patternsIn, patternsOf, type Pattern } from '../fixtures/patterns.ts'

/** Shorter times, in ms, are not compared. */
const floorMs = 2
/** Number of runs of a pattern for one text, and the time in ms from which it counts as slow. */
const leastRuns = 2
const enoughMs = 30
/** Repetitions for which a pattern of exponential time takes seconds, and any other almost none. */
const fewRepetitions = 22

const textOf = ({ head, repeated, tail }: HostileText, length: number): string =>
  head + repeated.repeat(Math.ceil(length / repeated.length)).slice(0, length) + tail

/**
 * CPU time of a pattern for a text, in ms: the least of some runs, because the garbage collector adds to some.
 */
function millisecondsOf({ source, flags }: Pattern, text: string): number {
  const isRepeated = /[gy]/.test(flags)
  const expression = new RegExp(source, isRepeated ? `${flags.replace('g', '')}g` : flags)
  let least = Infinity
  let all = 0
  for (let run = 0; least > floorMs && (run < leastRuns || all < enoughMs); run += 1) {
    const started = process.cpuUsage()
    if (isRepeated) text.replace(expression, '')
    else expression.test(text)
    const { user, system } = process.cpuUsage(started)
    least = Math.min(least, (user + system) / 1000)
    all += (user + system) / 1000
  }
  return least
}

/** The first text for which twice the length takes more than three times as long; undefined if there is none. */
function slowTextOf(pattern: Pattern): string | undefined {
  const slow = hostileTexts(pattern).find(
    (text) => isExponential(pattern, text) || isSteep(pattern, text),
  )
  return slow && `${pattern.place} is slow for ${JSON.stringify(slow)}`
}

const isExponential = (pattern: Pattern, { head, repeated, tail }: HostileText): boolean =>
  millisecondsOf(pattern, head + repeated.repeat(fewRepetitions) + tail) > floorMs

/** Checks short texts first: a pattern that is steep for those may take minutes for long ones. */
const isSteep = (pattern: Pattern, text: HostileText): boolean =>
  [2 * 1024, 16 * 1024].some((length) => isSteepFrom(length, pattern, text))

function isSteepFrom(length: number, pattern: Pattern, text: HostileText): boolean {
  const once = textOf(text, length)
  const twice = textOf(text, 2 * length)
  // Other work may disturb a measurement: only a repeated result counts.
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const twiceMs = millisecondsOf(pattern, twice)
    if (twiceMs <= floorMs || twiceMs <= 3 * millisecondsOf(pattern, once)) return false
  }
  return true
}

const { literals, composed } = patternsOf('src')

t.test('attacks F3: every regular expression is a literal, which the next test can find', (t) => {
  t.ok(literals.length > 40, 'the sources are read')
  t.strictSame(composed, [])
  t.end()
})

t.test('attacks F3: a text of twice the length takes any pattern at most thrice the time', (t) => {
  for (const pattern of literals) {
    t.equal(slowTextOf(pattern), undefined, `${pattern.place} ${pattern.source}`)
  }
  t.end()
})

t.test('attacks F3: patterns that are not linear are found, wherever they stand', (t) => {
  const sources = [
    String.raw`const slashes = /.\/+$/`,
    String.raw`text.replace(/((?:token|pwd)[\w.-]*(?:=|%3d|:)).*$/is, '')`,
    String.raw`({ blanks: / +$/g })`,
    String.raw`const nested = /^(?:a+)+$/`,
    String.raw`const either = /^https:\/\/(?:\w|\d)*$/i`,
    String.raw`const field = /^a:[ \t]*x?[ \t]*(?:y|$)/`,
    String.raw`Type.String({ pattern: '[0-9]+x' })`,
  ]
  for (const source of sources) {
    const [pattern] = patternsIn('it.ts', source).literals
    t.match(pattern && slowTextOf(pattern), /^it\.ts:1 is slow/, source)
  }
  const hidden = ['new RegExp(a)', 'RegExp(a)', '({ pattern: a })', 'globalThis.RegExp(a)']
  for (const source of hidden) t.strictSame(patternsIn('it.ts', source).composed, ['it.ts:1'])
  t.end()
})
