import t from 'tap'
import { parseCommand } from '../../src/cli/command.ts'
import { ConfigError } from '../../src/cli/config-error.ts'
import { readData, type ConfiguredData } from '../../src/cli/data-file.ts'

/** Reads the initial data with these settings. */
function read(argv: string[], env: Record<string, string> = {}): ConfiguredData {
  const command = parseCommand(argv, env)
  if (command.kind !== 'serve') throw new Error(command.kind)
  return readData(command.config)
}

t.test('data come from a file, from the environment, or from nowhere', (t) => {
  const folder = t.testdir({ 'seed.json': '\ufeff{"tokens":[]}' })
  const file = `${folder}/seed.json`
  t.strictSame(read(['--data', file]), { source: file, data: { tokens: [] } })
  t.strictSame(read([], { WINK_MOCK_DATA: file }), { source: file, data: { tokens: [] } })
  t.strictSame(read([], { WINK_MOCK_DATA_JSON: '{"webhooks":[]}' }), {
    source: 'WINK_MOCK_DATA_JSON or --data-json',
    data: { webhooks: [] },
  })
  t.equal(read([]).data, undefined)
  t.end()
})

t.test('a source that cannot be used is named, and nothing of it is repeated', (t) => {
  const folder = t.testdir({ 'syntax.json': '{"tokens":[\n  gh0st]}', 'empty.json': '' })
  const cases: { argv?: string[]; env?: Record<string, string>; says: string }[] = [
    {
      argv: ['--data', `${folder}/none.json`],
      says: `${folder}/none.json: cannot be read (ENOENT)`,
    },
    { argv: ['--data', folder], says: `${folder}: cannot be read (EISDIR)` },
    {
      argv: ['--data', `${folder}/syntax.json`],
      says: `${folder}/syntax.json: is not JSON; it breaks at line 2, column 3: expected a value, or a name in double quotes`,
    },
    {
      argv: ['--data', `${folder}/empty.json`],
      says: `${folder}/empty.json: is not JSON; it breaks at line 1, column 1: expected a value`,
    },
    {
      env: { WINK_MOCK_DATA_JSON: 'gh0st' },
      says: 'WINK_MOCK_DATA_JSON or --data-json: is not JSON; it breaks at line 1, column 1: expected a value, or a name in double quotes',
    },
  ]
  for (const { argv = [], env = {}, says } of cases) {
    const error = t.throws(() => read(argv, env))
    t.type(error, ConfigError)
    t.equal((error as Error).message, says)
  }
  t.end()
})
