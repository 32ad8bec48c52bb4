import t from 'tap'
import { connectSandbox } from '../../src/client/index.ts'
import type { FaultRule } from '../../src/index.ts'
import { errorOf, type AnySandbox } from '../fixtures/any-sandbox.ts'
import { listening } from '../fixtures/wire.ts'

const nobody = '0c7e4a52-61d3-4f0e-9b1d-2f6f3c8a9e10'
const refusals: { name: string; call: (sandbox: AnySandbox) => unknown; status: number }[] = [
  { name: 'faults.arm', call: ({ faults }) => faults.arm({ effect: {} as never }), status: 400 },
  { name: 'faults.arm nothing', call: ({ faults }) => faults.arm({} as FaultRule), status: 400 },
  { name: 'faults.get', call: ({ faults }) => faults.get(nobody), status: 404 },
  { name: 'faults.get no id', call: ({ faults }) => faults.get('..'), status: 404 },
  { name: 'faults.get no text', call: ({ faults }) => faults.get(5 as never), status: 400 },
  { name: 'faults.remove', call: ({ faults }) => faults.remove(nobody), status: 404 },
  { name: 'faults.list', call: ({ faults }) => faults.list({ nam: 1 } as object), status: 400 },
  { name: 'requests.get', call: ({ requests }) => requests.get(nobody), status: 404 },
  { name: 'requests.get no id', call: ({ requests }) => requests.get('count'), status: 404 },
  { name: 'requests.curl', call: ({ requests }) => requests.curl(nobody), status: 404 },
  { name: 'requests.har', call: ({ requests }) => requests.har({ limit: 0 }), status: 400 },
  { name: 'requests.http', call: ({ requests }) => requests.http({ limit: 0 }), status: 400 },
  { name: 'requests.find', call: ({ requests }) => requests.find({ status: 7 }), status: 400 },
  { name: 'requests.clear', call: ({ requests }) => requests.clear({ status: 7 }), status: 400 },
  { name: 'requests.wait', call: ({ requests }) => requests.wait({ count: 0 }), status: 400 },
  { name: 'clock.set', call: ({ clock }) => clock.set({ mode: 'offset' } as never), status: 400 },
  { name: 'clock.advance', call: ({ clock }) => clock.advance(-1), status: 400 },
  { name: 'tenant', call: (sandbox) => sandbox.tenant({ name: '' }), status: 400 },
  { name: 'reset', call: (sandbox) => sandbox.reset({ only: [] as never }), status: 400 },
]

for (const { name, call, status } of refusals) {
  t.test(`${name}: a refusal is the same ApiError in process and over HTTP`, async (t) => {
    const server = await listening(t)
    const inProcess = await errorOf(() => call(server))
    const client = await connectSandbox(server.url)
    const overHttp = await errorOf(() => call(client))
    t.match(inProcess, { name: 'ApiError', status })
    const { problem, violations } = inProcess as { problem: string; violations: unknown }
    t.match(overHttp, { name: 'ApiError', status, problem })
    t.strictSame((overHttp as { violations: unknown }).violations, violations)
  })
}
