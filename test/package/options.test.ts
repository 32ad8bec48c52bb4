import t from 'tap'
import type * as Pages from '../../docs/pages.js'
import { declarations } from '../fixtures/declarations.ts'
import { projectText, projectUrl } from '../fixtures/project.ts'

t.test('the table of docs/library.md is that of the types: npm run docs', async (t) => {
  const { optionsIn, withOptions } = (await import(
    projectUrl('docs/pages.js').href
  )) as typeof Pages
  const options = optionsIn(declarations)
  t.ok(options.some(({ name }) => name === 'stateFile'))
  const squeezed = (page: string): string => page.replace(/ +/g, ' ').replace(/-{3,}/g, '---')
  const page = projectText('docs/library.md')
  t.equal(squeezed(withOptions(page, options)), squeezed(page))
})
