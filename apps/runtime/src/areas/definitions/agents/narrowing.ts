import type { AgentOverlay } from '@loomcycle/proto'
import { matchesName } from '../../../ground/config/name-patterns.ts'
import { coversChannel, coversScope, coversVolume } from './covers.ts'

type Covers = (given: readonly string[], wanted: string) => boolean

interface Grant {
  /** As it is written in an overlay. */
  path: string
  of(agent: AgentOverlay): readonly string[] | undefined
  covers: Covers
}

const same: Covers = (given, wanted) => given.includes(wanted)
const grant = (path: keyof AgentOverlay, covers: Covers): Grant => ({
  path,
  of: (agent) => agent[path] as string[] | undefined,
  covers,
})

const toolGrant: Grant = {
  path: 'tools',
  of: ({ tools, allowed_tools }) => tools ?? allowed_tools,
  covers: matchesName,
}

/** What an agent may reach, each as a list of names or of patterns. */
const grants: readonly Grant[] = [
  toolGrant,
  grant('skills', matchesName),
  grant('volumes', coversVolume),
  grant('memory_scopes', same),
  grant('sql_scopes', same),
  grant('history_scope', same),
  grant('evaluation_scopes', same),
  grant('agent_def_scopes', coversScope),
  grant('skill_def_scopes', coversScope),
  grant('team_def_scopes', coversScope),
  grant('volume_def_scopes', coversScope),
  grant('schedule_def_scopes', coversScope),
  grant('a2a_server_card_def_scopes', coversScope),
  grant('a2a_agent_def_scopes', coversScope),
  { path: 'channels.publish', of: ({ channels }) => channels?.publish, covers: coversChannel },
  { path: 'channels.subscribe', of: ({ channels }) => channels?.subscribe, covers: coversChannel },
  { path: 'interruption.kinds', of: asks, covers: same },
]

function asks({ interruption }: AgentOverlay): string[] {
  return interruption?.enabled ? (interruption.kinds ?? ['question']) : []
}

/** What bounds an agent. */
const limits: readonly { path: string; of(agent: AgentOverlay): number | undefined }[] = [
  { path: 'memory_quota_bytes', of: (agent) => agent.memory_quota_bytes },
  { path: 'sql_quota_bytes', of: (agent) => agent.sql_quota_bytes },
  ...(['max_runs', 'max_runs_at_once', 'max_model_calls', 'max_tokens'] as const).map((name) => ({
    path: `tree.${name}`,
    of: ({ tree }: AgentOverlay) => tree?.[name],
  })),
]

/** Where an agent would have more than another, and what; undefined where it has no more. */
export interface Widening {
  path: string
  wanted: string
  given: string
}

/** Of tools alone, which nobody may add in a fork. */
export function widenedTools(from: AgentOverlay, to: AgentOverlay): Widening | undefined {
  return widenedGrant([toolGrant], from, to)
}

/** Of all that an agent may reach, and of what bounds it. */
export function widened(from: AgentOverlay, to: AgentOverlay): Widening | undefined {
  return widenedGrant(grants, from, to) ?? elsewhere(from, to) ?? raised(from, to)
}

/** Who says nothing may run anywhere; who says where stays there, with all that it defines. */
function elsewhere({ providers: given = [] }: AgentOverlay, { providers }: AgentOverlay): Widening | undefined {
  if (given.length === 0) return undefined
  const wanted = providers?.length ? providers.find((one) => !given.includes(one)) : 'any service'
  return wanted === undefined ? undefined : { path: 'providers', wanted, given: given.join(', ') }
}

function widenedGrant(list: readonly Grant[], from: AgentOverlay, to: AgentOverlay): Widening | undefined {
  for (const { path, of, covers } of list) {
    const given = of(from) ?? []
    const wanted = (of(to) ?? []).find((one) => !covers(given, one))
    if (wanted !== undefined) return { path, wanted, given: given.join(', ') || 'nothing' }
  }
  return undefined
}

/** Who says nothing has what the operator gives. */
function raised(from: AgentOverlay, to: AgentOverlay): Widening | undefined {
  for (const { path, of } of limits) {
    const given = of(from)
    const wanted = of(to)
    if (wanted === undefined || wanted === given) continue
    // In a budget 0 is no limit.
    const isLower = given !== undefined && wanted > 0 && (given === 0 || wanted < given)
    if (!isLower) return { path, wanted: String(wanted), given: String(given ?? 'the usual') }
  }
  return undefined
}
