import t from 'tap'
import { effectInWords, matchInWords } from '../../src/console/faults/words.ts'
import { emptyForm, presets, ruleOf, type FaultForm } from '../../src/console/faults/fault-form.ts'
import type { FaultEffect, FaultRule } from '../../src/index.ts'
import { sandbox } from '../fixtures/sandbox.ts'

t.test('the presets are the faults of the README', (t) => {
  const match = { operation: 'create-webhook' }
  t.strictSame(
    Object.entries(presets).map(([name, preset]) => [name, ruleOf({ ...emptyForm, ...preset })]),
    [
      [
        'Fail twice, then recover',
        { match, when: 'before', times: 2, effect: { status: 503, retryAfterSeconds: 1 } },
      ],
      [
        'Lose the answer',
        { match, when: 'after-commit', times: 1, effect: { connection: 'connection-reset' } },
      ],
      ['Slow', { match: {}, when: 'before', times: null, effect: { delayMs: 2000 } }],
      [
        'Broken connection',
        { match: {}, when: 'before', times: 1, effect: { connection: 'truncated-body' } },
      ],
    ],
  )
  t.end()
})

t.test('the sandbox takes each preset', (t) => {
  const { app } = sandbox(t)
  for (const preset of Object.values(presets)) {
    app.control.faults.arm(ruleOf({ ...emptyForm, ...preset }))
  }
  t.equal(app.control.faults.list().length, Object.keys(presets).length)
  t.end()
})

t.test('a form is a rule of all that is filled in', (t) => {
  const form: FaultForm = {
    operation: 'load-webhook',
    entity: ' d5b8 ',
    when: 'before',
    times: '',
    skip: '2',
    percent: '25',
    status: '401',
    body: 'empty',
    retryAfterSeconds: '0',
    connection: '',
    delayMs: '10',
  }
  t.strictSame(ruleOf(form), {
    match: { operation: 'load-webhook', managingEntityIdentifier: 'd5b8' },
    when: 'before',
    times: null,
    skip: 2,
    probability: 0.25,
    effect: { status: 401, body: 'empty', retryAfterSeconds: 0, delayMs: 10 },
  })
  t.end()
})

t.test('an armed fault is described in words', (t) => {
  const effects: [FaultEffect, string][] = [
    [{ status: 503, retryAfterSeconds: 1 }, 'answers 503, Retry-After 1 s'],
    [{ status: 401, body: 'spring-security' }, 'answers 401, as spring-security'],
    [{ status: 500, body: 'problem', detail: 'No.' }, 'answers 500, “No.”'],
    [{ connection: 'no-response', delayMs: 5 }, 'waits 5 ms, connection: no-response'],
    [{ minMs: 1, maxMs: 9 }, 'waits 1 to 9 ms'],
  ]
  for (const [effect, words] of effects) t.equal(effectInWords(effect), words)

  const { app } = sandbox(t)
  const effect = { status: 503 } as const
  const rules: [FaultRule, string][] = [
    [{ effect }, 'every request'],
    [{ effect, match: { method: 'POST' }, skip: 2 }, 'POST, after the first 2'],
    [
      { effect, match: { operation: 'create-webhook', token: 'a' }, probability: 0.25 },
      'create-webhook, with one token, 25 % of them',
    ],
    [{ effect, match: { managingEntityIdentifier: 'd5b8' } }, 'every request, of d5b8'],
  ]
  for (const [rule, words] of rules) t.equal(matchInWords(app.control.faults.arm(rule)), words)
  t.end()
})
