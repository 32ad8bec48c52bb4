import t from 'tap'
import { readable } from '../../src/console/parts/json.ts'

t.test('JSON is indented, and every value stays as it was sent', (t) => {
  const values = [{}, [], { a: {}, b: [] }, [1, [2, { c: null }], true], { 'a,b': '{"x":[1]}' }]
  for (const value of values) {
    t.equal(readable(JSON.stringify(value)), JSON.stringify(value, undefined, 2))
  }
  t.equal(
    readable('{"n":12345678901234567890,"e":1.0e5}'),
    '{\n  "n": 12345678901234567890,\n  "e": 1.0e5\n}',
  )
  t.equal(readable(String.raw`["\"\\",2]`), '[\n  "\\"\\\\",\n  2\n]', 'escapes')
  t.end()
})

t.test('JSON that is cut or broken is indented as far as it goes', (t) => {
  t.equal(readable('{"a":[1,"b'), '{\n  "a": [\n    1,\n    "b')
  t.equal(readable('{"a":tru'), '{\n  "a": tru')
  t.equal(readable('[]]}'), '[]\n]\n}')
  t.end()
})

t.test('other bodies are shown as they are', (t) => {
  for (const text of ['', 'a=b&c={', '<p>{}</p>', '"text"']) t.equal(readable(text), text)
  t.end()
})
