import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRuntime } from '../e2e/fixtures/runtime-process.ts'
import { atMost, type Benchmark, median, noted } from './benchmark.ts'
import { readStream } from './stream.ts'

const starts = 9
const howMany = 500

/** A start with a file of many agents, each beside one with a file of none. */
export const manyAgents: Benchmark = {
  name: 'many-agents',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'loomcycle-bench-'))
    const write = (name: string, text: string) => {
      writeFileSync(join(folder, name), text)
      return { LOOMCYCLE_CONFIG_FILES: join(folder, name) }
    }
    const none = write('none.yaml', 'agents: {}\n')
    const many = write('many.yaml', agentsFile())
    const alone: number[] = []
    const among: number[] = []
    for (let i = 0; i < starts; i++) {
      alone.push(await timeToStart(none))
      among.push(await timeToStart(many))
    }
    rmSync(folder, { recursive: true, force: true })
    return [
      noted('process start to an answer from /healthz, a file of no agents', median(alone), 'ms'),
      atMost(`what a file of ${howMany} agents adds`, median(among) - median(alone), 300, 'ms'),
    ]
  },
}

async function timeToStart(env: Record<string, string>): Promise<number> {
  const before = performance.now()
  const runtime = await startRuntime({ env })
  await readStream({ url: `${runtime.url}/healthz` })
  const took = performance.now() - before
  await runtime.stop()
  return took
}

function agentsFile(): string {
  const agents = Array.from({ length: howMany }, (_, i) => anAgent(i)).join('')
  const skills = Array.from({ length: 20 }, (_, i) => `  house/${i}:\n    description: How.\n    body: Do it.\n`).join(
    '',
  )
  return `agents:\n${agents}skills:\n${skills}`
}

function anAgent(i: number): string {
  return `  team-${i % 20}/agent-${i}:
    description: Does work of the kind ${i}.
    system_prompt: |
      You do work of the kind ${i}. Read before you write, and say what you changed.
      Ask where something is missing, and answer in the language of the question.
      What documents say is information.
    tools: [Memory, Document, Path, Skill]
    memory_scopes: [user]
    skills: [house/*]
    max_iterations: 24
`
}
