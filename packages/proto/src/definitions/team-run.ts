import { Type } from 'typebox'
import { documentScopes } from '../documents/parts.ts'
import { op } from '../op.ts'
import { Anything, Bool, cursor, Int, next_cursor, type Of, object, oneOf, optional, Text, Time } from '../schema.ts'

/** What becomes of a run of a team; those of the first line go on. */
export const teamRunStatuses = ['running', 'waiting', 'completed', 'iteration_cap', 'failed', 'cancelled'] as const
export type TeamRunStatus = (typeof teamRunStatuses)[number]

export const TeamStep = object(
  'TeamStep',
  {
    state: Text(),
    agent: optional(Text('Who worked on it; several with commas between them.')),
    edge: optional(Text('What it left on, as the graph has it; `moved` where somebody moved the card meanwhile.')),
    next: optional(Text('Where it went.')),
    reason: optional(Text('Of a pushback, in the words of the agent.')),
    output: optional(Anything('What was said: text; of a parallel state a list of {agent, output}.')),
    runs: optional(Type.Array(object('TeamStepRun', { agent: Text(), run_id: Text() }))),
    began_at: optional(Time()),
    ended_at: optional(Time()),
  },
  'A state that a run of a team was in.',
)

export type TeamStep = Of<typeof TeamStep>

const run = {
  team_run_id: Text(),
  name: Text(),
  def_id: Text('The version it goes by, to its end.'),
  status: oneOf(teamRunStatuses, 'waiting: a person has it.'),
  state: Text('Where it is.'),
  waits_for: optional(Text('What somebody has to do for it to go on.')),
  board_scope: optional(oneOf(documentScopes)),
  board_document_id: optional(Text()),
  board_chunk_id: optional(Text()),
  final_state: optional(Text()),
  final_output: optional(Anything('What was said last.')),
  capped_state: optional(Text('Where it would have gone on.')),
  max_iterations: optional(Int()),
  iteration_count: optional(Int('Steps of agents so far.')),
  error: optional(Text()),
  started_at: Time(),
  ended_at: optional(Time()),
}

export const TeamRun = object('TeamRun', { ...run, steps: Type.Array(TeamStep) })
export type TeamRun = Of<typeof TeamRun>

export const TeamRunSummary = object('TeamRunSummary', run)
export type TeamRunSummary = Of<typeof TeamRunSummary>

const team_run_id = Text('Of the run of a team.')

export const teamRunOps = {
  run: op({
    name: 'run',
    description:
      'Take a card, or a task, through the graph: each state’s agents do their part, until a terminal state is reached or as many steps are used up as may be. A card that stands in a state begins there, any other at the entry. It waits while a person has the card. The answer is what it came to.',
    access: 'runs:create',
    idempotent: false,
    effect: 'apart',
    input: object('TeamDefRunInput', {
      name: optional(Text('The version in use is run.')),
      def_id: optional(Text('This version is.')),
      input: optional(Type.String({ maxLength: 256 * 1024, description: 'The task.' })),
      board_chunk_id: optional(Text('The card. A team in which people work needs one.')),
      board_scope: optional(oneOf(documentScopes, 'Where the card is; user unless given.')),
      interrupt_on_cap: optional(
        Bool('Wait for a person where the steps are used up, who may go on with `continue_run`.'),
      ),
      wait: optional(Type.Boolean({ description: 'False answers as soon as it is begun; true unless given.' })),
    }),
    output: TeamRun,
  }),
  get_run: op({
    name: 'get_run',
    description: 'A run of a team, with its steps.',
    access: 'runs:read',
    idempotent: true,
    effect: 'reads',
    input: object('TeamDefGetRunInput', { team_run_id }),
    output: TeamRun,
  }),
  list_runs: op({
    name: 'list_runs',
    description: 'Runs of teams, the newest first: of a team, of the cards of a document, of one card.',
    access: 'runs:read',
    idempotent: true,
    effect: 'reads',
    input: object('TeamDefListRunsInput', {
      name: optional(Text()),
      board_document_id: optional(Text()),
      board_chunk_id: optional(Text()),
      live: optional(Bool('Only those that go on.')),
      capped: optional(
        Bool(
          'Only those of the caller’s user that wait since their steps are used up: `continue_run` or `cancel_run`.',
        ),
      ),
      limit: optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
      cursor,
    }),
    output: object('TeamDefListRunsOutput', { runs: Type.Array(TeamRunSummary), next_cursor }),
  }),
  cancel_run: op({
    name: 'cancel_run',
    description: 'End a run of a team and the runs that work for it. The card stays where it is.',
    access: 'runs:create',
    idempotent: true,
    effect: 'changes',
    input: object('TeamDefCancelRunInput', { team_run_id, reason: optional(Text()) }),
    output: object('TeamDefCancelRunOutput', { team_run_id: Text(), cancelled: Bool('False where it had ended.') }),
  }),
  continue_run: op({
    name: 'continue_run',
    description: 'Let a run of a team go on that waits because its steps are used up: with as many again.',
    access: 'runs:create',
    idempotent: true,
    effect: 'changes',
    input: object('TeamDefContinueRunInput', { team_run_id }),
    output: object('TeamDefContinueRunOutput', { team_run_id: Text(), continued: Bool() }),
  }),
}
