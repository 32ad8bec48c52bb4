// json-server as its command sets it up, but with records in memory: the command writes a file at each request.
import jsonServer from 'json-server'

const app = jsonServer.create()
app.use(jsonServer.defaults({ logger: false }))
app.use(jsonServer.rewriter({ '/api/managing-entity/:identifier/webhook': '/webhook' }))
app.use(jsonServer.router({ webhook: [] }))
app.listen(Number(process.env.PORT), '127.0.0.1')
