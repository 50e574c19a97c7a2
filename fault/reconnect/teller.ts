import type { ScriptFile } from '../../e2e/fixtures/runtime-process.ts'

const look = (op: string) => ({ name: 'Context', input: { op } })

/** Says enough to be cut off in many places: thoughts, words of more than one byte, calls and their results. */
export const teller: ScriptFile = {
  // Slower than deltas are coalesced, so that there are frames to cut between.
  pace: { chunk_chars: 12, delay_ms: 30 },
  scenes: [
    {
      match: '^tell',
      turns: [
        {
          thinking: 'Où suis-je? 👩‍🚀 I had better look.',
          text: 'Let me look: «один, два».',
          tool_calls: [look('self'), look('time')],
        },
        { text: 'One more thing.', tool_calls: [look('self')] },
        {
          text: `${'Once upon a time 🐉 there was a line break.\n\n'.repeat(4)}event: done\ndata: {"type":"done"}\n\nThe end.`,
        },
      ],
    },
    { turns: [{ text: 'You said: {{input}}' }] },
  ],
}
