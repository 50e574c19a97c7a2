import { Type } from 'typebox'
import { op, opSet } from './op.ts'
import { Bool, cursor, Int, next_cursor, type Of, object, oneOf, optional, Text } from './schema.ts'

export const evaluationScopes = [
  'submit_self',
  'submit_siblings',
  'submit_descendants',
  'submit_any',
  'read_any',
] as const
export type EvaluationScope = (typeof evaluationScopes)[number]

export const emitterRoles = ['external', 'self', 'parent', 'sibling', 'unrelated'] as const
export type EmitterRole = (typeof emitterRoles)[number]

const Dimensions = Type.Record(Type.String(), Type.Number(), { description: 'Scores by aspect.' })
const page = { limit: optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })), cursor }

export const Evaluation = object('Evaluation', {
  eval_id: Text(),
  run_id: Text(),
  def_id: optional(Text('The agent’s definition that was judged.')),
  agent: optional(Text('The agent that was judged.')),
  score: Type.Number(),
  dimensions: optional(Dimensions),
  judgement: optional(Text()),
  rationale: optional(Text()),
  emitter_role: oneOf(emitterRoles),
  emitter_agent_id: optional(Text()),
  emitter_run_id: optional(Text()),
  created_at: Text(),
})
export type Evaluation = Of<typeof Evaluation>

export const ScoreStatistics = object('ScoreStatistics', {
  mean: Type.Number(),
  median: Type.Number(),
  min: Type.Number(),
  max: Type.Number(),
  latest: Type.Number(),
  count: Int(),
})
export type ScoreStatistics = Of<typeof ScoreStatistics>

const EvaluationList = object('EvaluationList', {
  evaluations: Type.Array(Evaluation),
  count: Int('Of this page.'),
  next_cursor,
})

export const evaluationOps = opSet({
  tool: 'Evaluation',
  description: 'Judge how well a run did, and read what others found.',
  access: 'runs:read',
  http: { path: '/v1/_evaluation' },
  ops: {
    submit: op({
      name: 'submit',
      description: 'Judge a run.',
      access: 'substrate:tenant',
      idempotent: false,
      effect: 'changes',
      input: object('EvaluationSubmitInput', {
        run_id: Text(),
        score: Type.Number(),
        dimensions: optional(Dimensions),
        judgement: optional(Text('At most 32 KiB.')),
        rationale: optional(Text('At most 8 KiB.')),
      }),
      output: object('EvaluationSubmitOutput', {
        eval_id: Text(),
        run_id: Text(),
        def_id: optional(Text()),
        emitter_role: oneOf(emitterRoles, 'What the judge is to the run; the server says.'),
        score: Type.Number(),
        created_at: Text(),
      }),
    }),
    get: op({
      name: 'get',
      description: 'One evaluation.',
      idempotent: true,
      effect: 'reads',
      input: object('EvaluationGetInput', { eval_id: Text() }),
      output: Evaluation,
    }),
    list_for_run: op({
      name: 'list_for_run',
      description: 'What was said about a run, newest first.',
      idempotent: true,
      effect: 'reads',
      input: object('EvaluationListForRunInput', { run_id: Text(), ...page }),
      output: EvaluationList,
    }),
    list_for_def: op({
      name: 'list_for_def',
      description: 'What was said about the runs of an agent’s definition, newest first.',
      idempotent: true,
      effect: 'reads',
      input: object('EvaluationListForDefInput', {
        def_id: Text('Of a definition, or the name of an agent.'),
        ...page,
      }),
      output: EvaluationList,
    }),
    aggregate: op({
      name: 'aggregate',
      description: 'All that was said about an agent’s definition, in numbers.',
      idempotent: true,
      effect: 'reads',
      input: object('EvaluationAggregateInput', {
        def_id: Text('Of a definition, or the name of an agent.'),
        include_lineage: optional(Bool('Count the definitions it was made from as well.')),
      }),
      output: object('EvaluationAggregateOutput', {
        def_id: Text(),
        count: Int(),
        score: optional(ScoreStatistics),
        dimensions: Type.Record(Type.String(), ScoreStatistics),
        by_emitter_role: Type.Record(Type.String(), ScoreStatistics),
        lineage_included: Bool(),
      }),
    }),
  },
})
