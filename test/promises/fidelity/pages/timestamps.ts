import { no, testsIn, type Promises } from '../../promises.ts'

const config = testsIn('cli/config.test.ts')
const switches = testsIn('wink/switches/switches.test.ts')
const forms = switches('switches that change a webhook > timestamps local')

/** Promises of docs/fidelity/timestamps.md. */
export const timestampsPage: Promises = {
  Timestamps: {
    '`createdDate` and `lastUpdate` have one': forms,
    "Wink's documents support both": no('introduction'),
    'The switch `timestamps` chooses.': forms,
    '`utc`, the default |': testsIn('wink/webhooks/webhook-create.test.ts')(
      '201 is the record, byte for byte, in the documented order (CONTRACT §3)',
    ),
    '`local` |': forms,
    '`local` is UTC too': switches(
      'local timestamps are UTC whatever the clock of the machine says',
    ),
  },
  Evidence: {
    'For an offset:': no('evidence'),
    'The schema says': no('evidence'),
    'That format is': no('evidence'),
    'Against an offset:': no('evidence'),
    'Every example': no('evidence'),
    "The build files of two of Wink's SDKs": no('evidence'),
    'Only these two': no('evidence'),
    'The envelope of events': no('evidence'),
    'The evidence for the local form': no('evidence'),
    "No recorded answer of Wink's own server": no('evidence'),
    'The default follows the schema': no('reason'),
  },
  'Test both forms': {
    '**Run your test suite in both forms.**': no('advice'),
    'A client that reads only one': no('reason'),
    'A client that expects RFC 3339': no('reason'),
    'A client that expects a local date-time': no('reason'),
    "JavaScript's `new Date`": no('reason'),
    'Such a client is off': no('reason'),
    'With the program, set the variable': config(
      'settings: a flag, then its variable, then the usual variable, then the default',
    ),
    'In CI, make it': no('advice'),
    'With the library, run': forms,
  },
}
