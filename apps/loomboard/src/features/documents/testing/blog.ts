import type { Team } from '../teams/team-words.ts'

/** Draft, check, a person’s review; each leads to the next, and back to the draft. */
export const blog: Team = {
  name: 'blog',
  graph: {
    entry: 'draft',
    states: [
      { state: 'draft', handler: { kind: 'agent', agent: 'writer' } },
      { state: 'check', handler: { kind: 'agent', agent: 'checker' } },
      { state: 'review', handler: { kind: 'person' } },
      { state: 'posted', handler: { kind: 'terminal' } },
    ],
    transitions: [
      { from: 'draft', to: 'check', on: 'success' },
      { from: 'check', to: 'review', on: 'success' },
      { from: 'check', to: 'draft', on: 'pushback:*' },
      { from: 'review', to: 'posted', on: 'success' },
      { from: 'review', to: 'draft', on: 'pushback:*' },
    ],
  },
}
