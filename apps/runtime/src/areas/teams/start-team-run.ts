import { agentOps, documentOps, type OpInput, RuntimeError, type TeamGraph, type teamDefOps } from '@loomcycle/proto'
import { graphProblems, stateOf, usualIterations } from '@loomcycle/proto/teams'
import type { Insertable } from 'kysely'
import { findVersion } from '../../engine/definitions/store.ts'
import { findActive } from '../../engine/definitions/versions.ts'
import { deepestSpawn } from '../../engine/spawns/start-children.ts'
import { execute } from '../../ground/db/execute.ts'
import type { TeamRunsTable } from '../../ground/db/schema/team-runs.ts'
import { findResult, type KeyedRequest, rememberResult } from '../../ground/idempotency/idempotency.ts'
import { mayAccess } from '../../ground/identity/principal.ts'
import { newTeamRunId } from '../../ground/ids.ts'
import { parseJson } from '../../ground/json.ts'
import { ToolError } from '../../ground/tool-error.ts'
import type { Caller } from '../../tools/caller.ts'
import { enterColumn } from '../documents/board/enter-column.ts'
import { isCard } from '../documents/board/settings.ts'
import { changeChunk } from '../documents/chunks/change-chunk.ts'
import type { StoredChunk } from '../documents/chunks/chunk.ts'
import { type Edit, edit } from '../documents/edit.ts'
import { getChunk, getDocument } from '../documents/find.ts'
import { findBoard } from '../documents/store/board.ts'
import type { TeamContext } from './context.ts'
import { enterState } from './enter-state.ts'
import { findLiveRunOfCard, findRunOfCall, findTeamRun, insertTeamRun } from './store.ts'

type Input = OpInput<typeof teamDefOps, 'run'>

interface Team {
  id: string
  name: string
  graph: TeamGraph
}

/** Stores a run of a team, at the state where it begins, with its card there; whose call or key it has is not begun twice. */
export async function startTeamRun(ctx: TeamContext, caller: Caller, input: Input): Promise<string> {
  const { db, clock } = ctx
  const { run } = caller
  const earlier = run && (await findRunOfCall(db.read, run.id, run.toolUseId))
  if (earlier) return earlier.id
  const begun = caller.keyed && { ...caller.keyed, operation: `${caller.keyed.operation} begun` }
  const before = begun && (await findResult(db, begun))
  if (before && (await findTeamRun(db.read, before))) return before
  // What a run has begun, the next process goes on with.
  if (!run && ctx.isClosed())
    throw new RuntimeError('shutting_down', 'The runtime takes nothing new for now; try again in a moment.')
  requireAllowed(caller, input.board_chunk_id !== undefined)
  const team = await findTeam(ctx, caller, input)
  const { graph } = team
  const id = newTeamRunId()
  const max = graph.max_iterations ?? usualIterations
  const row: Insertable<TeamRunsTable> = {
    ...{ id, tenant_id: caller.tenantId, user_id: caller.userId, name: team.name, def_id: team.id },
    ...{ status: 'running', state: graph.entry!, step: 0, iterations: 0, max_iterations: max },
    ...{ input: input.input ?? '', waits_on_cap: Number(input.interrupt_on_cap ?? false), waits_for: null },
    ...{ place_id: 0, scope: input.board_scope ?? 'user', document_id: '', chunk_id: '' },
    ...{ parent_run_id: run?.id ?? null, parent_tool_use_id: run?.toolUseId ?? null },
    ...{ root_run_id: run?.rootId ?? null, depth: run?.depth ?? 0 },
    ...{ asked_by: JSON.stringify(caller.actor), trace_id: caller.traceId ?? null, final_output: null, error: null },
    ...{ created_at: clock.now(), ended_at: null },
  }
  if (input.board_chunk_id === undefined) {
    if (graph.states?.some(({ handler }) => handler.kind === 'person')) {
      throw new ToolError(
        `people work in the team ${team.name}, and they have nothing to move without a card; name one as board_chunk_id`,
      )
    }
    await db.transaction((tx) => store(tx, row, graph, begun))
    return id
  }
  const { keyed: _, ...unkeyed } = caller
  await edit(ctx.documents, unkeyed, row.scope, async (current) => {
    const card = await getChunk(current, input.board_chunk_id!)
    await requireFree(current, card, team)
    const state = stateOf(graph, card.status) ? card.status : graph.entry!
    const at = { place_id: current.placeId, document_id: card.document_id, chunk_id: card.id }
    await store(current.tx, { ...row, ...at, state }, graph, begun)
    if (state === card.status) return
    const { rank } = await enterColumn(current, card, state)
    await changeChunk(current, card, { content: { status: state }, rank }, { op: 'move_card', newRevision: true })
  })
  return id
}

async function store(
  tx: Edit['tx'],
  row: Insertable<TeamRunsTable>,
  graph: TeamGraph,
  begun: KeyedRequest | undefined,
): Promise<void> {
  await insertTeamRun(tx, row)
  await enterState(tx, row, graph, { state: row.state, output: null, at: row.created_at })
  if (begun) await execute(tx, rememberResult(begun, row.id, row.created_at))
}

/** Whoever has a team at work starts agents, and moves cards. */
function requireAllowed({ run, principal }: Caller, hasCard: boolean): void {
  if (!run) {
    if (hasCard && !mayAccess(principal, 'substrate:tenant')) {
      throw new RuntimeError('insufficient_scope', 'insufficient scope')
    }
    return
  }
  for (const tool of [agentOps.tool, ...(hasCard ? [documentOps.tool] : [])]) {
    if (run.tools.has(tool)) continue
    throw new ToolError(`the agent ${run.agent.name} may have no team at work, since it has not got the tool ${tool}`)
  }
  if (run.depth < deepestSpawn) return
  throw new ToolError(
    `agents may start agents ${deepestSpawn} levels deep, and this one is at the last; do the work yourself`,
  )
}

async function findTeam({ db }: TeamContext, { tenantId }: Caller, { name, def_id }: Input): Promise<Team> {
  if (name === undefined && def_id === undefined) throw new ToolError('missing required field: name or def_id')
  const row = def_id
    ? await findVersion(db.read, tenantId, 'TeamDef', def_id)
    : await findActive(db.read, { tenantId, family: 'TeamDef', name: name! })
  if (!row || (name !== undefined && row.name !== name)) {
    throw new ToolError(
      def_id ? `there is no version ${def_id.slice(0, 80)} of a team` : `no team ${name!.slice(0, 128)} is in use`,
    )
  }
  if (row.retired) throw new ToolError(`version ${row.version} of ${row.name} is retired`)
  const graph = parseJson(row.definition) as TeamGraph
  const problem = graphProblems(graph).find(({ isWarning }) => !isWarning)
  if (problem) throw new ToolError(`the team ${row.name} cannot be run: ${problem.path} ${problem.message}`)
  return { id: row.id, name: row.name, graph }
}

/** In no other run, on no board that goes by another team, and not at the end already. */
async function requireFree(current: Edit, card: StoredChunk, team: Team): Promise<void> {
  const { tx, placeId, place } = current
  const { root_chunk_id } = await getDocument(current, card.document_id)
  if (!isCard(card, root_chunk_id)) throw new ToolError(`${card.id} is no card; give the id of one`)
  const going = await findLiveRunOfCard(tx, placeId, card.id)
  if (going) {
    throw new RuntimeError(
      'run_busy',
      `the card is on its way through the team ${going.name} already; wait until that is over, or end it with cancel_run`,
      { team_run_id: going.id },
    )
  }
  const bound = (await findBoard(tx, card.document_id))?.team
  const active = bound ? await findActive(tx, { tenantId: place.tenantId, family: 'TeamDef', name: bound }) : undefined
  if (active && active.id !== team.id) {
    throw new ToolError(
      `the board goes by version ${active.version} of the team ${active.name}, and its cards by no other`,
    )
  }
  if (stateOf(team.graph, card.status)?.handler.kind === 'terminal') {
    throw new ToolError(`the card is in "${card.status}", which is an end of the team ${team.name}`)
  }
}
