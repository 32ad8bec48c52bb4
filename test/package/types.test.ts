import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import ts from 'typescript'
import { buildApp } from '../../src/index.ts'
import { projectUrl } from '../fixtures/project.ts'
import { entity } from '../fixtures/requests.ts'

// The declarations in dist/, which `npm test` builds first.
const declarations = fileURLToPath(projectUrl('dist/index.d.ts'))
const text = readFileSync(declarations, 'utf8')

/** Compiles a program against the declarations alone: no other types, not even those of Node.js. */
function compiled(program: string) {
  const name = fileURLToPath(projectUrl('dist/program.ts'))
  const options: ts.CompilerOptions = {
    lib: ['lib.es2022.d.ts'],
    types: [],
    strict: true,
    noEmit: true,
    module: ts.ModuleKind.Node16,
    target: ts.ScriptTarget.ES2022,
  }
  const host = ts.createCompilerHost(options, true)
  host.fileExists = (file) => file === name || ts.sys.fileExists(file)
  host.readFile = (file) => (file === name ? program : ts.sys.readFile(file))
  const compilation = ts.createProgram([name], options, host)
  return { compilation, source: compilation.getSourceFile(name), name }
}

/** The lines of a program, from 0, that do not compile. */
function brokenLines(program: string): Set<number> {
  const { compilation, source } = compiled(program)
  const lines = ts
    .getPreEmitDiagnostics(compilation)
    .map(({ file, start = 0 }) =>
      file === source ? file?.getLineAndCharacterOfPosition(start).line : -1,
    )
  return new Set(lines.map(Number))
}

/** All objects whose members have one of the given values, or are left out. */
function combinations(values: Readonly<Record<string, readonly unknown[]>>): object[] {
  let objects: object[] = [{}]
  for (const [name, choices] of Object.entries(values)) {
    objects = objects.flatMap((object) => [
      object,
      ...choices.map((value) => ({ ...object, [name]: value })),
    ])
  }
  return objects
}

const { control } = buildApp()

/** Types whose members do not all go together, with what the sandbox does with their values. */
const types: {
  type: string
  values: Record<string, unknown[]>
  give: (value: never) => unknown
}[] = [
  {
    type: 'FaultEffect',
    values: {
      status: [503, 401],
      detail: ['Down.'],
      retryAfterSeconds: [1],
      body: ['problem', 'spring-security', 'boot-error', 'gateway-html', 'empty'],
      connection: ['connection-reset', 'empty-response', 'truncated-body', 'no-response'],
      delayMs: [1],
      minMs: [1],
      maxMs: [2],
    },
    give: (effect) => control.faults.arm({ effect }),
  },
  {
    type: 'FaultMatch',
    values: {
      operation: [
        ...['create-webhook', 'show-webhooks', 'load-webhook', 'show-webhook-events'],
        ...['update-webhook', 'delete-webhook', 'create-token', 'revoke-token', 'show-keys'],
      ],
      method: ['GET', 'head', 'POST', 'patch', 'DELETE', 'PUT'],
      managingEntityIdentifier: [entity],
      token: ['test'],
    },
    give: (match) => control.faults.arm({ match, effect: { status: 503 } }),
  },
  {
    type: 'ClockSetting',
    values: {
      mode: ['system', 'frozen', 'offset', 'stopped'],
      instant: ['2026-01-14T09:30:00Z'],
      offsetMs: [1],
    },
    give: (setting) => control.clock.set(setting),
  },
  {
    type: 'Reset',
    values: {
      managingEntityIdentifier: [entity],
      only: [[], ['clock'], ['webhooks'], ['faults', 'requests'], ['requests', 'clock'], ['state']],
    },
    give: (what) => {
      control.reset(what)
    },
  },
  {
    type: 'Partial<Switches>',
    values: {
      timestamps: ['utc', 'local', 'none'],
      firstVersion: [0, 1, 2],
    },
    give: (switches) => buildApp({ switches }),
  },
]

for (const { type, values, give } of types) {
  t.test(`${type} has what the sandbox takes, and nothing that it refuses`, (t) => {
    const objects = combinations(values)
    const program = [
      `import type { ${type.replace(/.*<(.*)>/, '$1')} } from './index.js'`,
      ...objects.map((object, index) => `const v${index}: ${type} = ${JSON.stringify(object)}`),
    ]
    const broken = brokenLines(program.join('\n'))
    t.notOk(broken.has(0), 'the type exists')
    t.ok(broken.size > 0 && broken.size < objects.length)
    for (const [index, object] of objects.entries()) {
      let isRefused = false
      try {
        give(object as never)
      } catch {
        isRefused = true
      }
      control.faults.clear()
      if (broken.has(index + 1) !== isRefused) {
        t.fail(`${JSON.stringify(object)} is ${isRefused ? 'refused' : 'taken'}`)
      }
    }
    t.end()
  })
}

/** The exported types and their members, as `FaultRule` and `FaultRule.effect`. */
function documented() {
  const { compilation, source } = compiled(`export type * from './index.js'`)
  const checker = compilation.getTypeChecker()
  const [module] = source ? [checker.getSymbolAtLocation(source)] : []
  const found: { name: string; says: string; isOptional: boolean; isNever: boolean }[] = []
  const visited = new Set<ts.Type>()
  const visit = (name: string, type: ts.Type): void => {
    if (type.isUnionOrIntersection()) for (const part of type.types) visit(name, part)
    if (visited.has(type) || !(type.flags & ts.TypeFlags.Object)) return
    visited.add(type)
    for (const member of type.getProperties()) {
      const declared = member.declarations?.[0]
      if (declared?.getSourceFile().fileName !== declarations) continue
      const itsName = `${name}.${member.getName()}`
      const itsType = checker.getTypeOfSymbol(member)
      found.push({
        name: itsName,
        says: ts.displayPartsToString(member.getDocumentationComment(checker)),
        isOptional: (member.flags & ts.SymbolFlags.Optional) !== 0,
        isNever: (checker.getNonNullableType(itsType).flags & ts.TypeFlags.Never) !== 0,
      })
      if (!itsType.getCallSignatures().length) visit(itsName, checker.getNonNullableType(itsType))
    }
  }
  for (const symbol of module ? checker.getExportsOfModule(module) : []) {
    const original = checker.getAliasedSymbol(symbol)
    const says = ts.displayPartsToString(original.getDocumentationComment(checker))
    found.push({ name: symbol.getName(), says, isOptional: false, isNever: false })
    if (original.flags & ts.SymbolFlags.Type) {
      visit(symbol.getName(), checker.getDeclaredTypeOfSymbol(original))
    }
  }
  return found.filter(({ isNever }) => !isNever)
}

t.test('every type and every member says what it is, its unit and its default', (t) => {
  const all = documented()
  t.ok(all.length > 250)
  const units = { Ms: /\bms\b/, Bytes: /\bbytes\b/, Seconds: /\bseconds\b/ }
  for (const { name, says, isOptional } of all) {
    t.match(says, /^[A-Z`].*[.]$/s, name)
    for (const [ending, unit] of Object.entries(units)) {
      if (name.endsWith(ending)) t.match(says, unit, name)
    }
    if (isOptional)
      t.match(says, /\bDefault: |\bAbsent |^Present /, `${name} says what it is when left out`)
  }
  t.end()
})

t.test('the declarations stand for themselves', (t) => {
  t.notMatch(text, /^import\b|\bimport\('|\brequire\(|<reference/m, 'they need no others')
  t.notMatch(text, /declare (?:module|global)/, 'and change no others')
  const values = [...text.matchAll(/^declare (?:const|function|class|let|var) (\w+)/gm)]
  const [, exported = ''] = /^export \{(.*)\};$/m.exec(text) ?? []
  t.strictSame(
    values.map(([, name]) => name).sort(),
    exported.split(',').map((name) => name.trim()),
    'each value is exported',
  )
  const comments = text.match(/\/\*\*.*?\*\//gs)?.join('\n') ?? ''
  t.notMatch(comments, /CONTRACT/)
  for (const [file] of comments.matchAll(/[\w/-]+\.(?:md|ts)\b/g)) {
    t.match(file, /^(?:docs\/[\w-]+\.md|README\.md|CHANGELOG\.md)$/, `${file} is shipped`)
    t.ok(existsSync(projectUrl(file)), file)
  }
  t.equal(readFileSync(projectUrl('dist/index.d.cts'), 'utf8'), text, 'the same for require')
  t.end()
})
