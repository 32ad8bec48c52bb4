const library = require('wink-webhook-mock')
const { useUnderSinon } = require('../sinon.cjs')
const { useSandbox } = require('../suite.cjs')

it('mocha', () => useSandbox(library))
it('mocha, fake timers of sinon', () => useUnderSinon(library))
