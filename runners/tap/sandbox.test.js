import t from 'tap'
import * as library from 'wink-webhook-mock'
import { useUnderSinon } from '../sinon.cjs'
import { useSandbox } from '../suite.cjs'

t.test('tap', () => useSandbox(library))
t.test('tap, fake timers of sinon', () => useUnderSinon(library))
