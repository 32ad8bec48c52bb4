// Measures the sandbox with growing numbers of connections, records and managing entities. Fails if an operation blocks
// the event loop too long at 100,000 records.
//
//   npm run bench -- growth    ROUNDS=3                      rounds for each number of connections
//                              REQUESTS=20000                requests a round, behind WARM_UP=5000
//                              CONNECTIONS=1,10,100,1000
//                              RECORDS=1000,100000,1000000
//                              ENTITIES=100000               records over 10,000 managing entities
//                              ONLY=records                  only this table; or connections
import { connectionsTable } from './growth-connections.js'
import { recordsTable } from './growth-records.js'
import { stayOnClientCore } from './load.js'

const number = (name, otherwise) => Number(process.env[name] ?? otherwise)
const numbers = (name, otherwise) =>
  (process.env[name] ?? otherwise).split(',').filter(Boolean).map(Number)

stayOnClientCore()
const only = process.env.ONLY
if (only !== 'records') {
  await connectionsTable({
    rounds: number('ROUNDS', 3),
    requests: number('REQUESTS', 20_000),
    warmUp: number('WARM_UP', 5_000),
    connections: numbers('CONNECTIONS', '1,10,100,1000'),
  })
}
if (only !== 'connections') {
  const ofOne = numbers('RECORDS', '1000,100000,1000000')
  const ofMany = numbers('ENTITIES', '100000')
  const blocking = await recordsTable([
    ...ofOne.map((records) => ({ records, shape: 'name' })),
    ...ofMany.map((records) => ({ records, shape: '10,000 entities' })),
  ])
  if (blocking.length > 0) {
    console.error(`blocks the loop for too long: ${blocking.join(', ')}`)
    process.exitCode = 1
  }
}
