import { type RuntimeProcess, type ScriptFile, startRuntime } from '../../e2e/fixtures/runtime-process.ts'
import { heavyAnswer, shapes } from './heavy-answer.ts'

export const agent = 'streamer'
export const streamedChars = 56_000
export const deltas = 4000

/** An agent that streams what it is asked for: one of the shapes, or `deltas`. */
export function startBenchRuntime(): Promise<RuntimeProcess> {
  const scenes: ScriptFile['scenes'] = Object.entries(shapes).map(([name, shape]) => ({
    match: `^${name}$`,
    turns: [{ text: shape(streamedChars), pace: { chunk_chars: 50, delay_ms: 11 } }],
  }))
  let long = ''
  for (let n = 1; long.length < deltas * 12; n++) long += heavyAnswer(n)
  scenes.push({
    match: '^deltas$',
    turns: [{ text: long.slice(0, deltas * 12), pace: { chunk_chars: 12, delay_ms: 2 } }],
  })
  return startRuntime({
    config: { agents: { [agent]: { provider: 'scripted', model: agent, system_prompt: '' } } },
    scripts: { [agent]: { scenes } },
  })
}
