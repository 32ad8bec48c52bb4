import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'
import ts from 'typescript'
import { brokenLines, compiled, declarations } from '../fixtures/declarations.ts'
import { projectUrl } from '../fixtures/project.ts'

const text = readFileSync(declarations, 'utf8')

/** A type or a member, with its documentation. */
interface Documented {
  readonly name: string
  readonly says: string
  /** Whether the documentation is its own. A union does not show that of a base interface. */
  readonly isOwn: boolean
  readonly isOptional: boolean
  readonly isNever: boolean
}

/** The exported types and their members, as `FaultRule` and `FaultRule.effect`. */
function documented() {
  const { compilation, source } = compiled(`export type * from './index.js'`)
  const checker = compilation.getTypeChecker()
  const [module] = source ? [checker.getSymbolAtLocation(source)] : []
  const found: Documented[] = []
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
        isOwn: ts.getJSDocCommentsAndTags(declared).length > 0,
        isOptional: (member.flags & ts.SymbolFlags.Optional) !== 0,
        isNever: (checker.getNonNullableType(itsType).flags & ts.TypeFlags.Never) !== 0,
      })
      if (!itsType.getCallSignatures().length) visit(itsName, checker.getNonNullableType(itsType))
    }
  }
  for (const symbol of module ? checker.getExportsOfModule(module) : []) {
    const original = checker.getAliasedSymbol(symbol)
    const says = ts.displayPartsToString(original.getDocumentationComment(checker))
    found.push({ name: symbol.getName(), says, isOwn: true, isOptional: false, isNever: false })
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
  for (const { name, says, isOwn, isOptional } of all) {
    t.ok(isOwn, `${name} has its own comment`)
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
  t.strictSame(brokenLines(`import './index.js'`), new Set(), 'they compile without others')
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

t.test('both entries export the same types, but for those of one of them alone', (t) => {
  const typesOf = (entry: string): Set<string> => {
    const { compilation, source } = compiled(`export type * from './${entry}.js'`)
    const checker = compilation.getTypeChecker()
    const module = source && checker.getSymbolAtLocation(source)
    const symbols = module ? checker.getExportsOfModule(module) : []
    return new Set(
      symbols
        .filter((symbol) => checker.getAliasedSymbol(symbol).flags & ts.SymbolFlags.Type)
        .map((symbol) => symbol.getName()),
    )
  }
  const [main, client] = [typesOf('index'), typesOf('client')]
  t.strictSame(
    [...main].filter((name) => !client.has(name)).sort(),
    [
      'ApiErrorOptions',
      'AppOptions',
      'Clock',
      'DataError',
      'IdSource',
      'InjectRequest',
      'InjectResponse',
      'LogMethod',
      'Logger',
      'Sandbox',
      'SandboxApp',
      'SandboxOptions',
      'StateFileError',
      'TlsOptions',
    ],
    'a sandbox in this process, and its options',
  )
  t.strictSame(
    [...client].filter((name) => !main.has(name)).sort(),
    ['ConnectOptions', 'ConnectedSandbox', 'ConnectedTenant', 'SandboxUrl'],
    'a sandbox that runs elsewhere',
  )
  t.end()
})
