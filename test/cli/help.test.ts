import t from 'tap'
import type * as Pages from '../../docs/pages.js'
import { controlSettings } from '../../src/cli/address.ts'
import { parseCommand } from '../../src/cli/command.ts'
import { settings } from '../../src/cli/environment.ts'
import { groupedSettings, helpText } from '../../src/cli/help.ts'
import { projectText, projectUrl } from '../fixtures/project.ts'

t.test('the words of the program', (t) => {
  t.strictSame(parseCommand(['help'], {}), { kind: 'help' })
  t.strictSame(parseCommand(['version'], { PORT: 'x' }), { kind: 'version' })
  t.match(parseCommand(['--check', '--port', '1'], {}), { kind: 'check', config: { port: 1 } })
  t.match(parseCommand(['health'], {}), { kind: 'health', waitMs: 0 })
  t.match(parseCommand(['health', '--wait', '0.5'], {}), { kind: 'health', waitMs: 500 })
  for (const wait of ['x', '-1', '86401', '']) {
    t.throws(() => parseCommand(['health', `--wait=${wait}`], {}), {
      message: `--wait must be a number from 0 to 86400 (seconds), not "${wait}"`,
    })
  }
  t.throws(() => parseCommand(['--wait', '1'], {}), /Unknown option '--wait'/)
  t.throws(() => parseCommand(['health', '--check'], {}), /Unknown option '--check'/)
  t.end()
})

t.test('help lists every setting once, in groups, with two examples and the addresses', (t) => {
  const help = helpText()
  const [head = '', ...groups] = help.split(/\n\n(?=[A-Z][^\n]*:\n {2}--)/)
  t.ok(groups.length > 5, 'groups')
  const listed = groups.join('\n').match(/^ {2}--[a-z-]+/gm) ?? []
  t.strictSame(
    listed.map((flag) => flag.trim()).sort(),
    settings.map(({ flag }) => `--${flag}`).sort(),
  )
  t.match(head, /Examples:\n {2}wink-webhook-mock .*\n {2}wink-webhook-mock .*\n\n/)
  for (const path of ['/api/managing-entity/', '/oauth2/token', '/reference', '/__admin/health']) {
    t.match(head, path)
  }
  t.end()
})

t.test('help and docs/settings.md name every flag and every variable', (t) => {
  const page = projectText('docs/settings.md')
  const help = helpText()
  const flags: string[] = help.match(/--[a-z-]+/g) ?? []
  const variables = [...help.matchAll(/Environment: (.*)\.$/gm)].flatMap(([, names]) =>
    String(names).split(', '),
  )
  const names = [...flags, ...variables]
  t.ok(['--data-json', 'WINK_MOCK_DATA_JSON', 'PORT'].every((name) => names.includes(name)))
  for (const name of names) t.match(page, new RegExp(`\`[^\`]*${name}\\b`), name)
  t.end()
})

t.test('the tables of docs/settings.md are those of the schema: npm run docs', async (t) => {
  const { withAddress, withSettings } = (await import(
    projectUrl('docs/pages.js').href
  )) as typeof Pages
  const squeezed = (page: string): string => page.replace(/ +/g, ' ').replace(/-{3,}/g, '---')
  const page = projectText('docs/settings.md')
  const written = withAddress(withSettings(page, groupedSettings()), controlSettings)
  t.equal(squeezed(written), squeezed(page))
})
