import { failure, found, type Moment, type Scene } from './scene.ts'
import { cell } from './words.ts'

const SHOWN = 20

export const recall: Scene = {
  heard:
    /\b(?:what|which|anything) (?:\w+ )?(?:do|did|can|have|has) (?:you|i) (?:still )?(?:remember|know about me|tell you|told you|recall|memori[sz]ed?)|\bdo you (?:still )?(?:remember|recall)\b|\b(?:my|your) (?:memory|notes|memories)\b|^\W*recall\b|^\W*memory\W*$/i,
  turns: [
    () => ({
      thinking:
        'There are two places to look: what is about the person, and what is my own. I list both at the same time.',
      tool_calls: [
        { name: 'Memory', input: { op: 'list', scope: 'user', limit: SHOWN } },
        { name: 'Memory', input: { op: 'list', scope: 'agent', limit: SHOWN } },
      ],
    }),
    (moment) => ({ text: report(moment) }),
  ],
}

interface Entry {
  key: string
  value: unknown
}

function report(moment: Moment): string {
  const problem = failure(moment, 0)
  if (problem) return `I could not look. The tool said: ${cell(problem)}.`
  const mine = entriesOf(moment, 1)
  const yours = entriesOf(moment, 0)
  if (yours.length === 0) return 'Nothing about you yet. Say `remember that …` and I will have something to show.'
  return `This is kept about you, for all your agents:

| Key | Value |
|---|---|
${yours.map(({ key, value }) => `| ${cell(key)} | ${cell(value)} |`).join('\n')}
${found(moment, 0, 'truncated') ? `\nThere is more; these are the first ${SHOWN}.\n` : ''}
${mine.length === 0 ? 'I keep nothing that is only mine.' : `There ${mine.length === 1 ? 'is one more value' : `are ${mine.length} more values`} that only I use.`} Say \`forget everything\` to delete what you told me here.`
}

function entriesOf(moment: Moment, call: number): Entry[] {
  const entries = found(moment, call, 'entries')
  return Array.isArray(entries) ? entries : []
}
