// Runs the recipes that need no container, as their files and docs/ci.md have them. They use port 4010.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

const folder = fileURLToPath(new URL('.', import.meta.url))
const read = (name) => readFileSync(new URL(name, import.meta.url), 'utf8')
const page = read('../../docs/ci.md')

/** The code blocks of docs/ci.md in a language. */
const blocks = (language) =>
  [...page.matchAll(/```(\w+)\n([^`]*)```/g)].flatMap(([, each, text]) =>
    each === language ? [text] : [],
  )

/**
 * Runs the steps of a job, each in a shell of its own, as GitHub does; then ends what they left in the background.
 *
 * @param steps - commands, each with its variables
 */
async function job(name, steps) {
  console.log(`\n=== ${name}`)
  const script = steps.map(({ run, env = {} }) => {
    const variables = Object.entries(env).map(([key, value]) => `${key}=${value}`)
    return ['env', ...variables, 'bash', '-ec', quoted(run)].join(' ')
  })
  const shell = spawn('bash', ['-exc', script.join('\n')], {
    cwd: folder,
    stdio: 'inherit',
    detached: true,
    env: { ...process.env, PATH: `${folder}node_modules/.bin:${process.env.PATH}` },
  })
  const [code] = await once(shell, 'exit')
  await end(shell.pid)
  if (code !== 0) throw new Error(`${name}: exit code ${code}`)
}

const quoted = (text) => `'${text.replaceAll("'", String.raw`'\''`)}'`

/** Ends a group of processes, and waits until none is left. */
async function end(group) {
  while (signal(group, 'SIGTERM')) await new Promise((resolve) => setTimeout(resolve, 50))
}

function signal(group, name) {
  try {
    return process.kill(-group, name)
  } catch (error) {
    if (error.code === 'ESRCH') return false
    throw error
  }
}

const installed = ({ run }) => run !== undefined && run !== 'npm ci'

await job('docs/ci.md: start, wait, test', [{ run: blocks('sh')[0] }])

const { ci } = JSON.parse(blocks('json')[0]).scripts
await job('start-server-and-test', [{ run: ci, env: { WINK_API_URL: 'http://127.0.0.1:4010' } }])

await job('Playwright', [{ run: 'playwright test' }])

await job('GitHub Actions', parse(read('github-process.yml')).jobs.test.steps.filter(installed))
