import { op, opSet } from '../op.ts'
import { Compaction, efforts, Sampling } from '../runs.ts'
import { Bool, type Of, object, oneOf, optional, Text } from '../schema.ts'
import { AgentChanges, AgentOverlay } from './agent-definition.ts'
import { DefinitionRow, versionOps } from './row.ts'

export const AgentDefRow = DefinitionRow('AgentDef', AgentOverlay)
export type AgentDefRow = Of<typeof AgentDefRow>

/** What one conversation may have otherwise than its agent: whatever gives it no more than it has. */
export const AgentOverrides = object('AgentOverrides', {
  provider: AgentOverlay.properties.provider,
  model: AgentOverlay.properties.model,
  tier: AgentOverlay.properties.tier,
  effort: optional(oneOf(efforts)),
  sampling: optional(Sampling),
  max_tokens: AgentOverlay.properties.max_tokens,
  max_iterations: AgentOverlay.properties.max_iterations,
  compaction: optional(Compaction),
})
export type AgentOverrides = Of<typeof AgentOverrides>

export const DerivedAgent = object(
  'DerivedAgent',
  {
    name: Text('Of its own, to start a conversation with.'),
    base: Text('The agent it is derived from, whose memory, channels and grants are its own.'),
    base_def_id: optional(Text('The version of it, where one was named; whichever is in use otherwise.')),
    session_id: optional(Text('The conversation it is for, as soon as there is one.')),
    overrides: AgentOverrides,
    provider: optional(Text('What it runs on as things stand.')),
    model: optional(Text()),
  },
  'An agent with another model or other settings, for one conversation.',
)
export type DerivedAgent = Of<typeof DerivedAgent>

export const agentDefOps = opSet({
  tool: 'AgentDef',
  description: 'Define agents: create, fork, compare, promote and retire versions of them.',
  access: 'substrate:tenant',
  http: { path: '/v1/_agentdef' },
  ops: {
    ...versionOps('AgentDef', 'agents', { overlay: AgentOverlay, changes: AgentChanges }),
    derive: op({
      name: 'derive',
      description:
        'An agent for one conversation: another, with all that it may do, and other settings. With a session it is used from its next turn on, in place of what it had before; without one, whichever conversation begins with it has it. It is in no list, and goes with its conversation.',
      access: 'runs:create',
      idempotent: false,
      effect: 'changes',
      unlisted: true,
      input: object('AgentDefDeriveInput', {
        name: optional(Text('The agent to derive from; the one of the session unless given.')),
        def_id: optional(Text('A version of it, to stay with.')),
        session_id: optional(Text()),
        overrides: AgentOverrides,
      }),
      output: DerivedAgent,
    }),
    derived: op({
      name: 'derived',
      description: 'What a conversation has otherwise than its agent.',
      access: 'runs:read',
      idempotent: true,
      effect: 'reads',
      unlisted: true,
      input: object('AgentDefDerivedInput', { session_id: Text() }),
      output: object('AgentDefDerivedOutput', { session_id: Text(), derived: optional(DerivedAgent) }),
    }),
    restore: op({
      name: 'restore',
      description: 'Have a conversation go on with its agent as that is, from its next turn on.',
      access: 'runs:create',
      idempotent: true,
      effect: 'changes',
      unlisted: true,
      input: object('AgentDefRestoreInput', { session_id: Text() }),
      output: object('AgentDefRestoreOutput', {
        session_id: Text(),
        agent: Text(),
        restored: Bool('It had something of its own.'),
      }),
    }),
  },
})
