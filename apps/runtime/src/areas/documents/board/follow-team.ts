import { type BoardSettings, boardType, mainBoard, RuntimeError } from '@loomcycle/proto'
import { type Refusal, refusalOfMove, stateOf } from '@loomcycle/proto/teams'
import { cutText } from '@loomcycle/proto/wire'
import { opensName } from '../../../ground/config/name-patterns.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import type { ChunkContent, StoredChunk } from '../chunks/chunk.ts'
import type { Edit } from '../edit.ts'
import { getDocument } from '../find.ts'
import { findBoard } from '../store/board.ts'
import { findChunkByNaturalKey, isWithin } from '../store/chunks.ts'
import { findTeam, findTeamOfRun, type Team } from '../store/teams.ts'
import { boardOf } from './settings.ts'

/** What gets a status, as it is going to be otherwise. */
type Comer = Pick<StoredChunk, 'id' | 'document_id' | 'type' | 'title' | 'fields' | 'tags' | 'status'>

/**
 * Refuses a status to which the graph of its team does not lead: the team it is on its way through, or else the one of its
 * board. Whatever its type is now: it may be a card later. Only the document itself goes through no team.
 */
export async function requireAllowed(
  edit: Edit,
  board: BoardSettings | undefined,
  comer: Comer,
  status: string,
): Promise<void> {
  const team = await teamOf(edit, board, comer)
  if (!team || comer.status === status) return
  const { root_chunk_id } = await getDocument(edit, comer.document_id)
  if (comer.id === root_chunk_id) return
  const card = { ...comer, fields: comer.fields ?? {} }
  const refusal = refusalOfMove(team.graph, card, status, { isPerson: edit.actor.kind === 'user' })
  if (!refusal) return
  throw new RuntimeError('move_not_allowed', inWords(team, comer.status, status, refusal), {
    ...refusal,
    ...{ team: team.name, def_id: team.def_id, from: comer.status, to: status },
  })
}

/** The same for what is undone. People undo whatever was done; an agent comes to no status that way that it could not give. */
export async function requireMayUndo(edit: Edit, chunk: StoredChunk, content: Partial<ChunkContent>): Promise<void> {
  const { status } = content
  if (status === undefined || edit.actor.kind === 'user') return
  const board = await findBoard(edit.tx, chunk.document_id)
  await requireAllowed(edit, board, { ...chunk, ...content, status: chunk.status }, status)
}

/** Refuses what is brought to a board with another status than the one at which cards come in. */
export async function requireMayBring(
  { tx, place }: Pick<Edit, 'tx' | 'place'>,
  documentId: string,
  drafts: readonly { title: string; status?: string }[],
): Promise<void> {
  const board = await findBoard(tx, documentId)
  const team = board?.team ? await findTeam(tx, place.tenantId, board.team) : undefined
  if (!team) return
  const wrong = drafts.find(({ status = '' }) => status !== team.graph.entry && stateOf(team.graph, status))
  if (!wrong) return
  const refusal: Refusal = { why: 'no_edge', allowed: team.graph.entry ? [team.graph.entry] : [] }
  throw new RuntimeError(
    'move_not_allowed',
    `${JSON.stringify(cutText(wrong.title, 80))} cannot be brought in: ${inWords(team, '', wrong.status!, refusal)}`,
    { ...refusal, ...{ team: team.name, def_id: team.def_id, from: '', to: wrong.status } },
  )
}

async function teamOf({ tx, place, placeId }: Edit, board: BoardSettings | undefined, { id }: Comer) {
  const onItsWay = id === '' ? undefined : await findTeamOfRun(tx, place.tenantId, { placeId, chunkId: id })
  return onItsWay ?? (board?.team ? findTeam(tx, place.tenantId, board.team) : undefined)
}

/** Says what a person or a model needs to go on. */
function inWords({ name, graph }: Team, from: string, to: string, refusal: Refusal): string {
  const goes = to === '' ? 'off the board' : `to "${to}"`
  const by = `The board goes by the team "${name}"`
  if (refusal.why === 'person') {
    return `${by}: a person has what is in "${from}", and only a person moves it on. Leave it there, or ask one.`
  }
  const allowed = refusal.allowed.length > 0 ? `to ${refusal.allowed.map((one) => `"${one}"`).join(' or ')}` : 'nowhere'
  if (refusal.why === 'condition') {
    return `${by}: a card goes from "${from}" ${goes} when ${refusal.needs.join(' or ')}, which is not so. As it is, it goes ${allowed}.`
  }
  if (!graph.states?.some(({ state }) => state === from)) {
    return `${by}: a card comes in at "${graph.entry}", not at "${to}".`
  }
  return `${by}: a card goes from "${from}" ${allowed}, not ${goes}.`
}

type Bound = Pick<StoredChunk, 'natural_key' | 'fields' | 'type'>

/** What an agent is held to is not its own to choose, unless it may define the team. */
export function requireMayBind(
  { caller }: Pick<Edit, 'caller'>,
  before: Bound | undefined,
  after: Bound | undefined,
): void {
  if (!caller.run) return
  const [from, to] = [teamIn(before), teamIn(after)]
  if (from === to) return
  const scopes = caller.run.agent.teamDefScopes ?? []
  for (const name of [from, to]) {
    if (name === '' || opensName(scopes, name)) continue
    throw new ToolError(
      `the agent ${caller.run.agent.name} may not change which team a board goes by; its setting team_def_scopes with named:${name} would allow it`,
    )
  }
}

/** The same for what is removed with a chunk, which may be the settings of its board. */
export async function requireMayRemove(edit: Edit, chunk: StoredChunk): Promise<void> {
  if (!edit.caller.run) return
  const board = await findChunkByNaturalKey(edit.tx, chunk.document_id, mainBoard)
  if (board && (board.id === chunk.id || (await isWithin(edit.tx, board.id, chunk.id)))) {
    requireMayBind(edit, board, undefined)
  }
}

function teamIn(chunk: Bound | undefined): string {
  if (chunk?.natural_key !== mainBoard || chunk.type !== boardType) return ''
  return boardOf(JSON.stringify(chunk.fields ?? {}))?.team ?? ''
}
