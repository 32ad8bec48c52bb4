// Writes the tables of settings.md and library.md: `npm run docs`.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import ts from 'typescript'

/** A page with a table for each group of settings between its marks. */
export const withSettings = (page, groups) =>
  withPart(
    page,
    'settings',
    [...groups].map(([group, members]) => `## ${group}\n\n${settingsTable(members)}`).join('\n\n'),
  )

/** A page with a table of the settings of an address between its marks. */
export const withAddress = (page, settings) => withPart(page, 'address', settingsTable(settings))

/** A page with a table of options between its marks. */
export const withOptions = (page, options) =>
  withPart(page, 'options', table(['option', 'type', 'meaning'], options.map(optionRow)))

function withPart(page, name, content) {
  const marks = new RegExp(`(<!-- begin of ${name}: .* -->\n).*(<!-- end of ${name} -->)`, 's')
  return page.replace(marks, (_, begin, end) => `${begin}\n${content}\n\n${end}`)
}

const settingsTable = (members) =>
  table(['flag', 'environment', 'default', 'meaning'], members.map(settingRow))

const settingRow = ({ flag, variables, schema }) => [
  [flag, ...(flag === 'port' ? ['p'] : [])]
    .map((name) => `\`${'-'.repeat(name.length > 1 ? 2 : 1)}${name}\``)
    .join(', '),
  variables.map((name) => `\`${name}\``).join(', '),
  schema.default === undefined ? '' : String(schema.default),
  schema.description,
]

const optionRow = ({ name, type, says }) => [`\`${name}\``, `\`${type}\``, says]

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n')

/**
 * The options of `startSandbox`, with their types and what their comments say.
 *
 * @param declarations - path of the type declarations of the library
 */
export function optionsIn(declarations) {
  const program = ts.createProgram([declarations], { noLib: true, strict: true })
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(declarations)
  const isOptions = (node) => ts.isInterfaceDeclaration(node) && node.name.text === 'SandboxOptions'
  const options = checker.getTypeAtLocation(source.statements.find(isOptions))
  return options.getProperties().map((member) => ({
    name: member.getName(),
    type: member.valueDeclaration.type
      .getText()
      .replace(/ \| undefined$/, '')
      .replace(/\s+/g, ' '),
    says: ts
      .displayPartsToString(member.getDocumentationComment(checker))
      .replace(/{@link (\w+)}/g, '`$1`')
      .replace(/\s+/g, ' '),
  }))
}

/* c8 ignore start - a test only needs the functions */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const outfile = 'node_modules/.cache/docs/help.mjs'
  await build({
    stdin: {
      contents: `export * from './src/cli/address.ts'\nexport * from './src/cli/help.ts'`,
      resolveDir: '.',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  })
  const { controlSettings, groupedSettings } = await import(`../${outfile}`)
  const { format, resolveConfig } = await import('prettier')
  const write = async (name, change) => {
    const page = fileURLToPath(new URL(name, import.meta.url))
    const text = change(readFileSync(page, 'utf8'))
    writeFileSync(page, await format(text, { ...(await resolveConfig(page)), filepath: page }))
  }
  await write('settings.md', (page) =>
    withAddress(withSettings(page, groupedSettings()), controlSettings),
  )
  await write('library.md', (page) => withOptions(page, optionsIn('dist/index.d.ts')))
}
/* c8 ignore stop */
