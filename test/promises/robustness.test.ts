import t from 'tap'
import { projectText } from '../fixtures/project.ts'
import { no, wrongPromises, type Shown } from './promises.ts'
import { processPromises } from './robustness/process.ts'
import { isOfSoak, situationPromises, title } from './robustness/situations.ts'

/** The mistakes in references to functions of the soak. */
const wrongSoak = (shown: Shown): string[] =>
  ('promisesNothing' in shown ? [] : shown.filter(isOfSoak)).filter((reference) => {
    const [file = '', name = ''] = reference.split(': ')
    return !new RegExp(`\\bfunction ${name}\\(`).test(projectText(file))
  })

/** The same without the soak, of whose references the module for tests knows nothing. */
const withoutSoak = (shown: Shown): Shown => {
  if ('promisesNothing' in shown) return shown
  const tests = shown.filter((reference) => !isOfSoak(reference))
  return tests.length === 0 && shown.length > 0 ? no('soak') : tests
}

t.test('each sentence of docs/robustness.md has a test or a part of the soak', (t) => {
  const rows = Object.entries(situationPromises[title] ?? {})
  t.strictSame(
    rows.flatMap(([, shown]) => wrongSoak(shown)),
    [],
  )
  const tested = Object.fromEntries(rows.map(([text, shown]) => [text, withoutSoak(shown)]))
  const all = { [title]: tested, ...processPromises }
  t.strictSame(wrongPromises(projectText('docs/robustness.md'), all), [])
  t.end()
})

t.test('docs/robustness.md names the parts of the soak and its options', (t) => {
  const page = projectText('docs/robustness.md')
  const run = projectText('soak/run.js')
  const [, table = ''] = /^const parts = \{\n(.*?)^\}/ms.exec(run) ?? []
  const parts = [...table.matchAll(/^ {2}(\w+): \{/gm)].map(([, name]) => name)
  const [, listed = ''] = /`--only` runs one part: ([^.]*)\./.exec(page) ?? []
  t.strictSame([...listed.matchAll(/`(\w+)`/g)].map(([, name]) => name).sort(), parts.sort())
  for (const [, option] of page.matchAll(/--(seconds|clients|seed|only|case)\b/g)) {
    t.match(run, new RegExp(`^ {4}${option}: \\{ type: 'string'`, 'm'), String(option))
  }
  t.match(run, /console\.log\(`seed \$\{seed\}/, 'it prints its seed')
  t.match(run, /seconds: \{ type: 'string', default: '120' \}/, 'some two minutes')
  t.match(run, /clients: \{ type: 'string', default: '500' \}/, 'with 500 clients')
  t.end()
})
