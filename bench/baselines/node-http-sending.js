// The first baseline, which also sends 100 events a second to the URL in RECEIVER.
import './node-http.js'
import { send } from './sender.js'

setInterval(() => {
  for (let left = 10; left > 0; left -= 1) void send(process.env.RECEIVER)
}, 100)
