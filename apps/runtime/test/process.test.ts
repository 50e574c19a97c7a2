import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { tempDir } from '../src/testing/temp-dir.ts'

const main = join(import.meta.dirname, '../src/main.ts')

/** The runtime as a process of its own, in a folder of its own. */
function start(args: string[], files: Record<string, string>) {
  const cwd = tempDir()
  const write = (name: string, text: string) => writeFileSync(join(cwd, name), text)
  for (const [name, text] of Object.entries(files)) write(name, text)
  const env = { LOOMCYCLE_LISTEN_ADDR: '127.0.0.1:0', LOOMCYCLE_NO_DEFAULT_PROVIDERS: '1', LOOMCYCLE_SAMPLE: '0' }
  const child = spawn(process.execPath, [main, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (text += bytes))
  return { child, write, said: () => text }
}

async function ended(child: ChildProcess): Promise<number | null> {
  const [code] = await once(child, 'close')
  return code
}

const says = (said: () => string, words: string) => expect.poll(said, { timeout: 20_000 }).toContain(words)

it('reads its configuration again on SIGHUP, and stays as it was where that is wrong', async () => {
  const { child, write, said } = start(['--config', 'a.yaml'], { 'a.yaml': 'agents: { one: {} }' })
  await says(said, 'listening on')
  write('a.yaml', 'agents: { one: {}, two: {} }')
  child.kill('SIGHUP')
  await says(said, 'the configuration was read again: agents added two')
  write('a.yaml', 'agent: {}')
  child.kill('SIGHUP')
  await says(said, 'a.yaml:1: agent is not a setting; did you mean agents?')
  child.kill('SIGTERM')
  expect(await ended(child)).toBe(0)
}, 30_000)

it.each([
  [
    ['validate', '--config', 'a.yaml', '--config', 'b.yaml'],
    0,
    'agents.one.description of a.yaml is replaced by b.yaml.',
  ],
  [['validate', '--config', 'tools.yaml'], 0, 'Agent one lists the tool Reed, which this runtime does not have.'],
  [['validate', '--config', 'wrong.yaml'], 1, 'wrong.yaml:1: agent is not a setting; did you mean agents?'],
  [['valdate'], 2, 'usage: loomcycle [COMMAND]'],
  [['--confg', 'a.yaml'], 2, 'usage: loomcycle [COMMAND]'],
])(
  '%s ends with %s',
  async (args, code, words) => {
    const { child, said } = start(args, {
      'a.yaml': 'agents: { one: { description: A. } }',
      'b.yaml': 'agents: { one: { description: B. } }',
      'tools.yaml': 'agents: { one: { tools: [Read, Reed] } }',
      'wrong.yaml': 'agent: {}',
    })
    expect(await ended(child)).toBe(code)
    expect(said()).toContain(words)
  },
  30_000,
)
