// Writes the section on switches in fidelity.md: `npm run docs`.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const section = /(<!-- begin of switches: .* -->\n).*(<!-- end of switches -->)/s

export function withSwitches(page, ambiguities) {
  return page.replace(section, (_, begin, end) =>
    [begin, ...ambiguities.map(render), end].join('\n'),
  )
}

function render({ name, flag, environment, question, values, reason, source, ...ambiguity }) {
  const others = values.filter((value) => value !== ambiguity.default)
  return [
    `### \`${name}\``,
    '',
    question,
    '',
    `- Default: \`${ambiguity.default}\`. ${reason}`,
    `- Otherwise: ${others.map((value) => `\`${value}\``).join(' or ')}, by \`${flag}\` or \`${environment}\`.`,
    `- Source: ${source.replace('CONTRACT ', '')}.`,
    '',
  ].join('\n')
}

/* c8 ignore start - a test only needs the function */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { buildApp } = await import('../dist/index.js')
  const page = new URL('fidelity.md', import.meta.url)
  writeFileSync(
    page,
    withSwitches(readFileSync(page, 'utf8'), buildApp().control.ambiguities.list()),
  )
}
/* c8 ignore stop */
