import t from 'tap'
import { no, sentencesOf, testsIn, wrongPromises } from './promises.ts'

const document = `# A page

An introduction. It has
two lines.

- [1. Rules](#rules)

## Rules

- First, e.g. this: \`a. B\` stays whole. 2 is a number.
- Second (see [there](page.md)). \`code\` begins a sentence.

\`\`\`json
{ "no": "Sentence. None." }
\`\`\`

1. numbered

| head | meaning |
| ---- | ------- |
| \`a\` | one. Two |
| \`b\` | three   |
`

t.test('a document falls into sentences and rows', (t) => {
  t.strictSame(
    sentencesOf(document).map(({ section, text }) => [section, text]),
    [
      ['A page', 'An introduction.'],
      ['A page', 'It has two lines.'],
      ['Rules', 'First, e.g. this: `a. B` stays whole.'],
      ['Rules', '2 is a number.'],
      ['Rules', 'Second (see there).'],
      ['Rules', '`code` begins a sentence.'],
      ['Rules', 'numbered'],
      ['Rules', '`a` | one.'],
      ['Rules', 'Two'],
      ['Rules', '`b` | three'],
    ],
  )
  t.end()
})

t.test('a table of promises names one existing test for each sentence', (t) => {
  const here = testsIn('promises/promises.test.ts')
  const hints = testsIn('control/journal/hints.test.ts')
  const markdown = '# Page\n\nOne is. Two is. Two was.\n\n## Other\n\nThree is.\n'
  const good = {
    Page: { One: no('introduction'), 'Two…': here('a document falls into sentences and rows') },
    Other: { Three: hints('hints: … > a long name is cut', 'hints: …') },
  }
  t.strictSame(wrongPromises(markdown, good), [])
  const { One, 'Two…': two } = good.Page
  const cases = {
    'No row for Page: "One is."': { ...good, Page: { 'Two…': two } },
    '2 rows for Page: "One is."': { ...good, Page: { ...good.Page, 'One i': One } },
    'No sentence for Page: "Four"': { ...good, Page: { ...good.Page, Four: One } },
    '2 sentences for Page: "Two"': { ...good, Page: { One, Two: two } },
    'Other: "Three": no test is named': { ...good, Other: { Three: [] } },
    'Other: "Three": no such file: gone.test.ts: x': {
      ...good,
      Other: { Three: testsIn('gone.test.ts')('x') },
    },
    'Other: "Three": no such title: promises/promises.test.ts: gone': {
      ...good,
      Other: { Three: here('gone') },
    },
    'Other: "Three": no such row: control/journal/hints.test.ts: hints: … > gone row': {
      ...good,
      Other: { Three: hints('hints: … > gone row') },
    },
  }
  for (const [wrong, promises] of Object.entries(cases)) {
    t.strictSame(wrongPromises(markdown, promises), [wrong])
  }
  t.end()
})
