import newman from 'newman'
import postman from 'openapi-to-postmanv2'

/** Makes a collection of Postman from a document, with the examples of the document as values. */
async function collectionOf(document) {
  const { result, reason, output } = await new Promise((resolve, reject) => {
    const input = { type: 'string', data: JSON.stringify(document) }
    const options = { parametersResolution: 'Example' }
    postman.convertV2(input, options, (error, converted) => {
      if (error) reject(error)
      else resolve(converted)
    })
  })
  if (!result) throw new Error(reason)
  return output[0].data
}

/** The requests of a collection or a folder. */
const requestsOf = ({ item, request }) => (request ? [request] : item.flatMap(requestsOf))

/**
 * Takes the ids in paths from earlier answers, as a user does by hand: the sandbox makes them. The variable has the name
 * of the collection in the path, such as `faults` of `/faults/:id`.
 */
function useIdsOfAnswers(collection) {
  for (const { url } of requestsOf(collection)) {
    const id = url.variable.find(({ key }) => key === 'id')
    if (id) id.value = `{{${url.path[url.path.indexOf(':id') - 1]}}}`
  }
}

/** The same folder without the stream of events, whose answer has no end. */
const withoutStream = ({ item, ...folder }) => ({
  ...folder,
  ...(item && {
    item: item.filter(({ name }) => name !== 'Stream events').map(withoutStream),
  }),
})

/** Runs in Postman after each answer. */
const afterAnswer = `
  pm.test('is answered with success', () => pm.response.to.be.success)
  const { id } = pm.response.code === 201 ? pm.response.json() : {}
  if (id) pm.environment.set(pm.request.url.path[pm.request.url.path.length - 1], id)
  const { deliveries = [] } = pm.response.code === 202 ? pm.response.json() : {}
  if (deliveries.length > 0) pm.environment.set('deliveries', deliveries[0].id)
  const journaled = pm.response.headers.get('X-Wink-Mock-Request-Id')
  if (journaled) pm.environment.set('requests', journaled)
`

/**
 * Runs the collection of a document, and requires that every request is answered with success.
 *
 * @param environment - variables of Postman, as the run of another collection left them
 * @returns the variables after the run
 */
export async function runCollection(document, environment) {
  const collection = withoutStream(await collectionOf(document))
  useIdsOfAnswers(collection)
  collection.event = [{ listen: 'test', script: { exec: afterAnswer.split('\n') } }]
  const summary = await new Promise((resolve, reject) => {
    const options = { collection, environment, reporters: ['cli'] }
    newman.run(options, (error, run) => {
      if (error) reject(error)
      else resolve(run)
    })
  })
  const { executions, failures } = summary.run
  const expected = requestsOf(collection).length
  if (failures.length > 0 || executions.length !== expected) {
    throw new Error(`${collection.info.name}: ${failures.length} of ${expected} requests failed`)
  }
  return summary.environment.toJSON()
}
