import { failure, found, type Moment, type Scene } from './scene.ts'
import { cell, spokenTime } from './words.ts'

export const surroundings: Scene = {
  heard: /\b(?:what|tell me the) (?:time|date|day)\b|\btime is it\b|\btools?\b|\babout yourself\b|\bcontext\b/i,
  turns: [
    () => ({
      thinking:
        'The tool Context can tell all of this: the time, who I am, and which tools this run has. Three questions that do not depend on each other go out together.',
      text: 'Let me look. Three calls, side by side:',
      tool_calls: ['time', 'self', 'tools'].map((op) => ({ name: 'Context', input: { op } })),
    }),
    (moment) => ({ text: report(moment) }),
  ],
}

function report(moment: Moment): string {
  const problem = failure(moment, 0) ?? failure(moment, 1)
  if (problem)
    return `That did not work: ${cell(problem)}. Without the tool Context I know nothing about my surroundings.`
  const self = (name: string) => cell(found(moment, 1, name))
  return `It is **${spokenTime(found(moment, 0, 'now_rfc3339')) ?? 'hard to say'}**.

| About this run | |
|---|---|
| agent | ${self('agent_name')} |
| model | ${self('model')}, from ${self('provider')} |
| run | ${self('run_id')} |
| conversation | ${self('session_id')} |
| going for | ${seconds(found(moment, 0, 'elapsed_ms'))} |
| context used | ${fullness(moment)} |

${toolList(found(moment, 2, 'tools'))}

Open one of the three cards above to see exactly what was asked and what came back.`
}

function seconds(ms: unknown): string {
  return typeof ms === 'number' ? `${(ms / 1000).toFixed(1)} s` : 'a while'
}

function fullness(moment: Moment): string {
  const used = found(moment, 1, 'context', 'used_tokens')
  const max = found(moment, 1, 'context', 'max_tokens')
  if (typeof used !== 'number') return 'not known before the first turn has ended'
  return typeof max === 'number' ? `${used} of ${max} tokens` : `${used} tokens`
}

function toolList(tools: unknown): string {
  if (!Array.isArray(tools)) return 'I could not find out which tools I have.'
  const lines = tools.map(({ name, description, side_effect_class }) => {
    return `- **${name}** — ${description} (${side_effect_class})`
  })
  return `My tools:\n\n${lines.join('\n')}`
}
