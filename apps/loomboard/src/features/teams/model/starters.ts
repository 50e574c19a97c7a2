import type { TeamGraph } from '@loomcycle/client'

/** What a new team is begun with. */
export const starterKeys = ['plain', 'agent-teams'] as const
export type StarterKey = (typeof starterKeys)[number]

export const starterWords: Record<StarterKey, string> = {
  plain: 'One agent and a person',
  'agent-teams': 'Researcher, writer and critic',
}

const work = (agent: string, prompt: string) => ({ kind: 'agent' as const, agent, prompt })

/** Somebody drafts, a person decides. Without an agent, a person does both. */
export function plainStarter(agent: string | undefined): TeamGraph {
  return {
    entry: 'draft',
    states: [
      { state: 'draft', handler: agent ? work(agent, 'Do what the card asks for.') : { kind: 'person' } },
      { state: 'review', handler: { kind: 'person' } },
      { state: 'done', handler: { kind: 'terminal' } },
    ],
    transitions: [
      { from: 'draft', to: 'review', on: 'success' },
      { from: 'review', to: 'done', on: 'success' },
      { from: 'review', to: 'draft', on: 'pushback:*' },
    ],
    colors: { draft: 'amber', review: 'violet', done: 'green' },
  }
}

/** Made of the agents of the bundle `agent-teams`. */
export const bundleStarter: TeamGraph = {
  description: 'Finds out, writes, and has it criticised before a person decides.',
  entry: 'research',
  states: [
    { state: 'research', handler: work('team/researcher', 'Find out what the card asks for, and say where.') },
    { state: 'write', handler: work('team/writer', 'Write it from what was found.') },
    {
      state: 'criticise',
      handler: work(
        'team/critic',
        'Say what is wrong with the draft. Send it back where a person should not see it yet.',
      ),
    },
    { state: 'review', handler: { kind: 'person' } },
    { state: 'done', handler: { kind: 'terminal' } },
  ],
  transitions: [
    { from: 'research', to: 'write', on: 'success' },
    { from: 'write', to: 'criticise', on: 'success' },
    { from: 'write', to: 'research', on: 'pushback:facts_missing' },
    { from: 'criticise', to: 'review', on: 'success' },
    { from: 'criticise', to: 'write', on: 'pushback:*' },
    { from: 'review', to: 'done', on: 'success' },
    { from: 'review', to: 'write', on: 'pushback:*' },
  ],
  colors: { research: 'blue', write: 'amber', criticise: 'red', review: 'violet', done: 'green' },
}
