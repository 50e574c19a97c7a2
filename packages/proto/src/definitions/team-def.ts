import { Type } from 'typebox'
import { op, opSet } from '../op.ts'
import { Bool, type Of, object, oneOf, optional, Text, takenByNull } from '../schema.ts'
import { handlerKinds } from '../teams/index.ts'
import { DefinitionRow, versionOps } from './row.ts'
import { teamRunOps } from './team-run.ts'

const stateName = (description: string) => Type.String({ maxLength: 200, description })
const agentName = Type.String({ maxLength: 128 })

export const TeamHandler = object('TeamHandler', {
  kind: oneOf(
    handlerKinds,
    'agent: one works on it; parallel: several do, side by side, with the same task; consolidator: one makes one of what those have said; person: it waits until a person moves the card; terminal: it is the end.',
  ),
  agent: optional(agentName),
  agents: optional(Type.Array(agentName, { maxItems: 32, description: 'Of a parallel one, in order.' })),
  prompt: optional(Type.String({ maxLength: 8000, description: 'What is to be done here; agents are told.' })),
})
export type TeamHandler = Of<typeof TeamHandler>

export const TeamState = object('TeamState', {
  state: stateName('A status of cards.'),
  handler: TeamHandler,
})
export type TeamState = Of<typeof TeamState>

export const TeamTransition = object('TeamTransition', {
  from: stateName('A state.'),
  to: stateName('A state.'),
  on: Type.String({
    maxLength: 1100,
    description:
      'success; pushback:<reason>, or pushback:* for any; or conditional:<expression>, which is looked at on success, as `conditional:fields.score >= 8 and not (tags contains "draft")`.',
  }),
})
export type TeamTransition = Of<typeof TeamTransition>

/** States, who works in them, and how one leads to another. */
export const TeamGraph = object('TeamGraph', {
  description: optional(Type.String({ maxLength: 2000 })),
  entry: optional(stateName('Where it begins.')),
  max_iterations: optional(
    Type.Integer({ minimum: 1, maximum: 1000, description: 'So many steps of agents in one run; 25 unless given.' }),
  ),
  states: optional(Type.Array(TeamState, { maxItems: 100 })),
  transitions: optional(Type.Array(TeamTransition, { maxItems: 300 })),
  colors: optional(
    Type.Record(Type.String(), Type.String({ maxLength: 20 }), {
      description: 'Of states, by name: #rrggbb, or slate, blue, green, amber, red, violet, teal, pink.',
    }),
  ),
})
export type TeamGraph = Of<typeof TeamGraph>

/** What a fork has otherwise than what it is made from. */
const TeamChanges = object(
  'TeamChanges',
  { ...TeamGraph.properties, description: takenByNull(Type.String({ maxLength: 2000 })) },
  'What is not given stays; null takes away.',
)

export const TeamDefRow = DefinitionRow('TeamDef', TeamGraph)
export type TeamDefRow = Of<typeof TeamDefRow>

export const teamDefOps = opSet({
  tool: 'TeamDef',
  description:
    'Define teams, graphs of states through which agents and people take a card, and have cards and tasks taken through them.',
  access: 'substrate:tenant',
  http: { path: '/v1/_teamdef' },
  ops: {
    ...versionOps('TeamDef', 'teams', { overlay: TeamGraph, changes: TeamChanges }),
    delete: op({
      name: 'delete',
      description: 'Delete a team with all of its versions. Its runs that go on are ended.',
      idempotent: true,
      effect: 'changes',
      input: object('TeamDefDeleteInput', { name: Text() }),
      output: object('TeamDefDeleteOutput', { name: Text(), deleted: Bool() }),
    }),
    render_diagram: op({
      name: 'render_diagram',
      description: 'A team as a diagram: the active version of a name, one version, or a draft.',
      idempotent: true,
      effect: 'reads',
      input: object('TeamDefRenderDiagramInput', {
        name: optional(Text()),
        def_id: optional(Text()),
        overlay: optional(TeamGraph),
        highlight_state: optional(Text('Is marked.')),
      }),
      output: object('TeamDefRenderDiagramOutput', {
        name: Text('Empty for a draft without one.'),
        def_id: Text('Empty for a draft.'),
        format: Text('mermaid'),
        diagram: Text(),
        preview: optional(Bool('It is a draft that is not stored.')),
      }),
    }),
    ...teamRunOps,
  },
})
