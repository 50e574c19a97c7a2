import { Type } from 'typebox'
import { op, opSet } from '../op.ts'
import { Anything, Bool, Int, type Of, object, oneOf, optional, Text } from '../schema.ts'
import { DefinitionRow, versionOps } from './row.ts'

const handlerKinds = ['agent', 'parallel', 'consolidator', 'terminal', 'person'] as const

export const TeamHandler = object('TeamHandler', {
  kind: oneOf(handlerKinds, 'Who works on what is in the state.'),
  agent: optional(Text('Of an agent or a consolidator.')),
  agents: optional(Type.Array(Text(), { description: 'Of a parallel one.' })),
})
export type TeamHandler = Of<typeof TeamHandler>

export const TeamState = object('TeamState', {
  state: Text('A status of cards.'),
  handler: TeamHandler,
})
export type TeamState = Of<typeof TeamState>

export const TeamTransition = object('TeamTransition', {
  from: Text(),
  to: Text(),
  on: Text('success, pushback:<reason>, or conditional:<expression>.'),
})
export type TeamTransition = Of<typeof TeamTransition>

/** States, who works in them, and how one leads to another. */
export const TeamGraph = object('TeamGraph', {
  description: optional(Text()),
  entry: optional(Text('Where it begins.')),
  max_iterations: optional(Type.Integer({ minimum: 1, description: 'Steps of one run at most.' })),
  states: optional(Type.Array(TeamState)),
  transitions: optional(Type.Array(TeamTransition)),
  colors: optional(Type.Record(Type.String(), Text(), { description: 'Of states, by name.' })),
})
export type TeamGraph = Of<typeof TeamGraph>

export const TeamDefRow = DefinitionRow('TeamDef', TeamGraph)
export type TeamDefRow = Of<typeof TeamDefRow>

export const teamDefOps = opSet({
  tool: 'TeamDef',
  description: 'Define teams: graphs of states through which agents and people take a card.',
  access: 'substrate:tenant',
  http: { path: '/v1/_teamdef' },
  ops: {
    ...versionOps('TeamDef', 'teams', optional(TeamGraph), TeamGraph),
    delete: op({
      name: 'delete',
      description: 'Delete a team with all of its versions.',
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
        highlight_state: optional(Text()),
      }),
      output: object('TeamDefRenderDiagramOutput', {
        name: Text(),
        def_id: Text(),
        format: Text('mermaid'),
        diagram: Text(),
        preview: optional(Bool('It is a draft that is not stored.')),
      }),
    }),
    run: op({
      name: 'run',
      description: 'Take a card, or a task, through the graph from its entry on.',
      idempotent: false,
      effect: 'apart',
      input: object('TeamDefRunInput', {
        name: optional(Text()),
        def_id: optional(Text()),
        input: optional(Text('The task.')),
        board_chunk_id: optional(Text('The card.')),
        board_scope: optional(oneOf(['agent', 'user', 'tenant'])),
        interrupt_on_cap: optional(Bool('Ask a person where the steps are used up.')),
      }),
      output: object('TeamDefRunOutput', {
        name: Text(),
        def_id: Text(),
        status: Text('completed or iteration_cap.'),
        final_state: optional(Text()),
        final_output: optional(Text()),
        capped_state: optional(Text()),
        max_iterations: optional(Int()),
        iteration_count: optional(Int()),
        steps: Type.Array(
          object('TeamStep', {
            state: Text(),
            agent: optional(Text()),
            edge: optional(Text()),
            next: optional(Text()),
            output: optional(Anything()),
          }),
        ),
      }),
    }),
  },
})
