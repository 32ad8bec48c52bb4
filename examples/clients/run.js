// Starts a sandbox, generates clients from its document, and lets each run against it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { startSandbox } from 'wink-webhook-mock'

const sandbox = await startSandbox()
const document = `${sandbox.url}/openapi.json`
const generated = 'typescript/generated'

// At Wink, these are https://api.wink.travel and https://iam.wink.travel.
const env = { ...process.env, WINK_API_URL: sandbox.url, WINK_IAM_URL: sandbox.url }

async function run(command, ...words) {
  console.log(`\n> ${command} ${words.join(' ')}`)
  const cwd = fileURLToPath(new URL('.', import.meta.url))
  const [code] = await once(spawn(command, words, { stdio: 'inherit', env, cwd }), 'exit')
  if (code !== 0) throw new Error(`${command} ended with exit code ${code}`)
}

try {
  await run('npx', 'openapi-typescript', document, '--output', `${generated}/openapi-fetch.ts`)
  await run(
    ...['npx', 'swagger-typescript-api', 'generate', '--path', document],
    ...['--output', generated, '--name', 'swagger-typescript-api.ts'],
  )
  await run('npx', 'tsc')
  await run('node', '--test', 'dist/openapi-fetch.test.js', 'dist/swagger-typescript-api.test.js')
  await run(
    'python3',
    '-m',
    'unittest',
    'discover',
    '--start-directory',
    'python',
    '--pattern',
    '*_test.py',
  )
} finally {
  await sandbox.close()
}
