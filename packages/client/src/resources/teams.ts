import { type Http, keyed } from '../http.ts'
import type {
  CreatedTeam,
  ListTeamsOptions,
  ListTeamsResponse,
  TeamCallOptions,
  TeamDefDetail,
  TeamDiagram,
  TeamRunResult,
  TeamRunTarget,
  TeamToolInput,
} from '../team-types.ts'
import type { CallOptions } from '../types.ts'

export async function teamDef(http: Http, input: TeamToolInput, opts: TeamCallOptions = {}): Promise<unknown> {
  return http.post('/v1/_teamdef', input, keyed(opts))
}

export async function listTeams(
  http: Http,
  { tenant, prefix, limit, cursor, signal }: ListTeamsOptions = {},
): Promise<ListTeamsResponse> {
  return http.get('/v1/_teamdef/names', { query: { tenant, prefix, limit, cursor }, signal })
}

export async function renderTeamDiagram(
  http: Http,
  name: string,
  { highlightState, ...opts }: CallOptions & { highlightState?: string } = {},
): Promise<TeamDiagram> {
  const highlight = highlightState ? { highlight_state: highlightState } : {}
  return http.post('/v1/_teamdef', { op: 'render_diagram', name, ...highlight }, opts)
}

export async function getTeamDef(http: Http, defId: string, opts: CallOptions = {}): Promise<TeamDefDetail> {
  return http.post('/v1/_teamdef', { op: 'get', def_id: defId }, opts)
}

export async function makeTeam(
  http: Http,
  op: 'create' | 'fork',
  name: string,
  overlay: object,
  opts: TeamCallOptions = {},
): Promise<CreatedTeam> {
  return http.post('/v1/_teamdef', { op, name, overlay }, keyed(opts))
}

export async function deleteTeam(
  http: Http,
  name: string,
  opts: TeamCallOptions = {},
): Promise<{ name: string; deleted: boolean }> {
  return http.post('/v1/_teamdef', { op: 'delete', name }, keyed(opts))
}

export async function runTeam(
  http: Http,
  { name, defId, input, boardChunkId, boardScope }: TeamRunTarget,
  opts: TeamCallOptions = {},
): Promise<TeamRunResult> {
  const body = { op: 'run', name, def_id: defId, input, board_chunk_id: boardChunkId, board_scope: boardScope }
  return http.post('/v1/_teamdef', body, keyed(opts))
}
