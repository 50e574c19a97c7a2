import { failure, found, type Scene } from './scene.ts'
import { cell, quoted } from './words.ts'

const tasks = ['count to three', 'tell me a story', 'fail']

/** Gives work to three others at once, one of whom will not manage. */
export const helpers: Scene = {
  heard: /\b(?:helpers?|sub-?agents?|delegate|team)\b/i,
  turns: [
    () => ({
      thinking: `Three tasks that have nothing to do with each other: ${tasks.map((task) => quoted(task)).join(', ')}. Others can do them side by side while I wait.`,
      text: 'I will ask three helpers at once. Each is a run of its own; open one to watch it.',
      tool_calls: [
        {
          name: 'Agent',
          input: { op: 'parallel_spawn', spawns: tasks.map((prompt) => ({ name: 'demo', prompt })) },
        },
      ],
    }),
    (moment) => {
      const results = found(moment, 0, 'results')
      if (!Array.isArray(results)) return { text: `That did not work: ${quoted(failure(moment, 0) ?? 'no results')}` }
      const rows = results.map(
        ({ index, ok, output, error }) =>
          `| ${tasks[index]} | ${ok ? 'done' : 'failed'} | ${cell(firstLine(output ?? error))} |`,
      )
      return {
        text: `They are back, in the order I asked, and the one that failed did not stop the others:\n\n| task | | what came back |\n|---|---|---|\n${rows.join('\n')}`,
      }
    },
  ],
}

function firstLine(text: unknown): string {
  return String(text).trim().split('\n')[0]!.slice(0, 80)
}
