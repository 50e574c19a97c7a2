import { failure, found, type Moment, type Scene } from './scene.ts'
import { cell } from './words.ts'

/** Deletes what this agent kept, and nothing that another one did. */
export const forget: Scene = {
  heard: /^\W*(?:(?:please|can you|could you)\s+)*(?:forget|delete|erase|clear)\b/i,
  turns: [
    () => ({
      thinking: 'Only what I kept myself is mine to delete. All of it stands under keys that begin with "demo/".',
      tool_calls: [{ name: 'Memory', input: { op: 'list', scope: 'user', prefix: 'demo/', limit: 50 } }],
    }),
    (moment) => {
      const problem = failure(moment, 0)
      if (problem) return { text: `I could not look. The tool said: ${cell(problem)}.` }
      const keys = keysFound(moment)
      if (keys.length === 0) return { text: 'There is nothing to forget: I have kept nothing about you.' }
      return {
        text: `${keys.length === 1 ? 'One value' : `${keys.length} values`}, deleted side by side:`,
        tool_calls: keys.map((key) => ({ name: 'Memory', input: { op: 'delete', scope: 'user', key } })),
      }
    },
    (moment) => {
      const gone = keysFound(moment).filter((_, index) => found(moment, index + 1, 'deleted') === true)
      return {
        text: `Gone: ${gone.map(cell).join(', ') || 'nothing'}. What other agents know about you is still there.`,
      }
    },
  ],
}

function keysFound(moment: Moment): string[] {
  const entries = found(moment, 0, 'entries')
  return Array.isArray(entries) ? entries.map(({ key }: { key: string }) => key) : []
}
