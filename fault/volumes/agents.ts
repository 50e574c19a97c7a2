import type { RuntimeOptions, ScriptTurn } from '../../e2e/fixtures/runtime-process.ts'
import { whole } from './files.ts'

const pace = { chunk_chars: 16, delay_ms: 2 }
const call = (name: string, input: object) => ({ name, input })
const write = (path: string, volume: string) => call('Write', { path, volume, content: whole('{{input}}', 'one') })
const edit = (path: string, volume: string) =>
  call('Edit', { path, volume, old_string: ' one', new_string: ' two', replace_all: true })
const done: ScriptTurn = { text: 'That is done.' }

/** As many rooms as people, each of whom makes and purges one. */
export const rooms = ['room0', 'room1', 'room2'] as const

export const boxFiles = 8

/** Agents that write, edit and make volumes; what each of them writes names who it was. */
export function filingAgents(folders: { house: string; made: string }): RuntimeOptions {
  return {
    env: { LOOMCYCLE_BASHBOX_ENABLED: '1' },
    config: {
      concurrency: { max_concurrent_runs: 16, max_queue_depth: 64 },
      volumes: {
        house: { path: folders.house, mode: 'rw', default: true },
        made: { path: folders.made, mode: 'rw', dynamic_root: true },
      },
      agents: {
        keeper: {
          ...{ provider: 'scripted', model: 'keeper', system_prompt: 'You keep files.', tools: ['*'] },
          ...{ volumes: ['house', ...rooms], volume_def_scopes: ['any'] },
        },
      },
    },
    scripts: {
      keeper: {
        pace,
        scenes: [
          {
            match: '^write-',
            turns: [
              { tool_calls: [write('w/{{input}}.md', 'house')] },
              { tool_calls: [edit('w/{{input}}.md', 'house')] },
              done,
            ],
          },
          {
            match: '^share-',
            turns: [
              { tool_calls: [write('shared.md', 'house')] },
              { tool_calls: [edit('shared.md', 'house'), call('Read', { path: 'shared.md', volume: 'house' })] },
              done,
            ],
          },
          {
            match: '^temp-',
            turns: [
              { tool_calls: [call('VolumeDef', { op: 'create', name: 'scratch', ephemeral: true })] },
              { tool_calls: [write('a/b/{{input}}.md', 'scratch'), write('c.md', 'scratch')] },
              { tool_calls: [edit('c.md', 'scratch')] },
              done,
            ],
          },
          {
            match: '^box-',
            turns: [
              {
                tool_calls: [
                  call('Bashbox', {
                    volume: 'house',
                    command: `mkdir -p box; for n in $(seq ${boxFiles}); do printf '%s\\n' "{{input}} $n" > box/{{input}}-$n; done`,
                  }),
                ],
              },
              done,
            ],
          },
          { match: '^out-', turns: [{ tool_calls: [write('out/{{input}}.md', 'house')] }, done] },
          ...rooms.map((room) => ({
            match: `^${room}-`,
            turns: [{ tool_calls: [write('{{input}}.md', room), write('d/{{input}}.md', room)] }, done],
          })),
        ],
      },
    },
  }
}
