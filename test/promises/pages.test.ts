import { existsSync } from 'node:fs'
import { posix } from 'node:path'
import t from 'tap'
import { rules } from '../../src/base/problems/rules.ts'
import { projectText, projectUrl } from '../fixtures/project.ts'

const decisions = ['body-reader', 'code-cache', 'order-of-checks', 'two-applications', 'typebox']
const reasons = ['answers', 'requests', 'spring', 'timestamps', 'tokens']
const fidelityPages = ['docs/fidelity.md', ...reasons.map((name) => `docs/fidelity/${name}.md`)]
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'docs/console.md',
  'docs/control-api.md',
  'docs/robustness.md',
  'docs/api.md',
  'docs/ci.md',
  'docs/data-file.md',
  'docs/docker.md',
  'docs/drift.md',
  'docs/library.md',
  'docs/settings.md',
  'docs/shared-sandbox.md',
  'docs/statuses.md',
  'docs/decisions/README.md',
  ...decisions.map((name) => `docs/decisions/${name}.md`),
  ...fidelityPages,
]

/** The headings of a page with their levels, without code blocks. */
const headingsOf = (page: string): { level: number; title: string }[] =>
  [...withoutCode(page).matchAll(/^(#+) (.*)$/gm)].map(([, marks = '', title = '']) => ({
    level: marks.length,
    title,
  }))

const withoutCode = (page: string): string => page.replace(/^```[\s\S]*?^```$/gm, '')

/** The anchor that GitHub gives a heading. */
const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

/** The links of a page to files of the project that lead nowhere. */
function brokenLinks(file: string): string[] {
  const links = [...withoutCode(projectText(file)).matchAll(/\]\((?!https?:)([^)]*)\)/g)]
  return links
    .map(([, link = '']) => link)
    .filter((link) => {
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? file : posix.join(posix.dirname(file), path)
      if (!existsSync(projectUrl(target))) return true
      if (anchor === undefined) return false
      return !headingsOf(projectText(target)).some(({ title }) => anchorOf(title) === anchor)
    })
    .map((link) => `${file}: ${link}`)
}

t.test('every link of the documents leads to a file and to a heading in it', (t) => {
  t.strictSame(pages.flatMap(brokenLinks), [])
  t.end()
})

t.test('docs/fidelity.md lists its sections, in their order', (t) => {
  const page = projectText('docs/fidelity.md')
  const listed = [...page.matchAll(/^- \[[^\]]*\]\(#(.*)\)$/gm)].map(([, anchor]) => anchor)
  const sections = headingsOf(page).filter(({ level }) => level === 2)
  t.strictSame(
    listed,
    sections.map(({ title }) => anchorOf(title)),
  )
  t.end()
})

t.test('docs/fidelity.md has the sections and steps that the journal names', (t) => {
  const [, ...sections] = projectText('docs/fidelity.md').split(/^## /m)
  for (const [rule, { section: places }] of Object.entries(rules)) {
    for (const place of places.split(', ')) {
      const [, number = '', step] = /^§(\d)(?: step (\d+))?$/.exec(place) ?? []
      const section = sections.find((text) => text.startsWith(`${number}. `))
      t.ok(section, `${rule}: ${place}`)
      if (step !== undefined) t.match(section, new RegExp(`^\\| ${step} +\\|`, 'm'), rule)
    }
  }
  t.end()
})

t.test('the tables about fidelity can be read as text', (t) => {
  for (const file of fidelityPages) {
    const rows = projectText(file)
      .split('\n')
      .filter((line) => line.startsWith('|'))
    const tooLong = rows.filter((row) => row.length > 180)
    t.strictSame(tooLong, [], `${file}: no row has more than 180 characters`)
  }
  t.end()
})
