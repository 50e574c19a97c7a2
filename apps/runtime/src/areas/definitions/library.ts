import type { AgentOverlay, DefinitionFamily, DefinitionName, SkillOverlay, TeamGraph } from '@loomcycle/proto'
import { toOverlay } from '../../engine/agents/to-overlay.ts'
import { listActive, listNames, type NameRow } from '../../engine/definitions/store.ts'
import { skillToOverlay } from '../../engine/skills/skills.ts'
import { afterCursor, type Listing, toPage } from '../../ground/cursor.ts'
import type { Caller } from '../../tools/caller.ts'
import type { DefinitionDeps } from './deps.ts'
import { lacksOfAgents, lacksOfTeam } from './lacks.ts'
import { definitionOf } from './to-row.ts'

interface NamesQuery {
  prefix?: string
  limit?: number
  cursor?: string
}

/** What a tenant has defined of a family, by name. */
export async function listDefinitionNames(
  { db }: DefinitionDeps,
  tenantId: string,
  family: DefinitionFamily,
  { prefix, limit = 1000, cursor }: NamesQuery,
) {
  const listing: Listing = ['definitions.names', { tenantId, family, prefix }]
  const [after] = afterCursor(cursor, listing, 1) ?? []
  const found = await listNames(db.read, tenantId, family, {
    limit: limit + 1,
    after: after as string | undefined,
    prefix,
  })
  const { rows, next } = toPage(found, limit, listing, ({ name }) => [name])
  return { names: rows.map(toName), ...next }
}

function toName(row: NameRow): DefinitionName {
  return {
    name: row.name,
    tenant_id: row.tenant_id,
    version_count: row.version_count,
    ...(row.active_id === null ? {} : { active_def_id: row.active_id }),
    latest_version: row.latest_version,
    last_updated: new Date(row.updated_at).toISOString(),
    live_version_count: row.live_count,
    ...(row.active_retired ? { active_retired: true } : {}),
  }
}

export async function listLibraryAgents(deps: DefinitionDeps, caller: Caller, tenantId: string) {
  const agents = (await deps.agents.list(tenantId)).map(({ agent }) => agent)
  const lacks = await lacksOfAgents(deps.surroundings, tenantId)
  const configured = agents.map((agent) => [agent.name, toOverlay(agent)] as const)
  const entries = await listLibrary<AgentOverlay>(deps, { caller, tenantId, family: 'AgentDef' }, new Map(configured))
  return {
    entries: withBundled(agents, entries).map((entry) => ({
      ...entry,
      ...withOlderName(entry),
      ...(lacks.get(entry.name)?.length ? { lacks: lacks.get(entry.name)! } : {}),
    })),
  }
}

export async function listLibrarySkills(deps: DefinitionDeps, caller: Caller, tenantId: string) {
  const skills = deps.skills.list()
  const configured = skills.map((skill) => [skill.name, skillToOverlay(skill)] as const)
  const entries = await listLibrary<SkillOverlay>(deps, { caller, tenantId, family: 'SkillDef' }, new Map(configured))
  return { entries: withBundled(skills, entries) }
}

/** Nobody configures teams; they are all made over the wire. */
export async function listLibraryTeams(deps: DefinitionDeps, caller: Caller, tenantId: string) {
  const agents = await lacksOfAgents(deps.surroundings, tenantId)
  const entries = await listLibrary<TeamGraph>(deps, { caller, tenantId, family: 'TeamDef' }, new Map())
  return {
    entries: entries.map((entry) => {
      const lacks = lacksOfTeam(entry.active_definition ?? {}, agents)
      return lacks.length > 0 ? { ...entry, lacks } : entry
    }),
  }
}

/** What comes with the runtime is told from what its operator has configured. */
function withBundled<E extends { name: string }>(
  configured: readonly { name: string; source: string }[],
  entries: E[],
) {
  const bundled = new Set(configured.flatMap(({ name, source }) => (source === 'bundled' ? [name] : [])))
  return entries.map((entry) => (bundled.has(entry.name) ? { ...entry, bundled: true } : entry))
}

/** Older programs read `allowed_tools`. */
function withOlderName({ static_definition }: { static_definition?: AgentOverlay }) {
  if (!static_definition) return {}
  const { tools = [] } = static_definition
  return { static_definition: { ...static_definition, tools, allowed_tools: tools } }
}

/** What is configured and what was defined at run time, together, by name. */
async function listLibrary<D extends object>(
  { db }: DefinitionDeps,
  { caller, tenantId, family }: { caller: Caller; tenantId: string; family: DefinitionFamily },
  configured: ReadonlyMap<string, D>,
) {
  const aside = db.aside(caller)
  const names = await listNames(aside, tenantId, family, { limit: Number.MAX_SAFE_INTEGER })
  const stored = new Map(names.map((row) => [row.name, row]))
  const inUse = new Map((await listActive(aside, tenantId, family)).map((row) => [row.name, row]))
  const all = [...new Set([...configured.keys(), ...stored.keys()])].sort((a, b) => (a < b ? -1 : 1))
  return all.map((name) => {
    const row = stored.get(name)
    const static_definition = configured.get(name)
    const active = inUse.get(name)
    return {
      name,
      source: !row ? ('static-only' as const) : static_definition ? ('both' as const) : ('dynamic-only' as const),
      in_static: static_definition !== undefined,
      in_substrate: row !== undefined,
      version_count: row?.version_count ?? 0,
      ...(row && aboutVersions(row)),
      ...(static_definition ? { static_definition } : {}),
      ...(active ? { active_definition: definitionOf<D>(active) } : {}),
    }
  })
}

function aboutVersions(row: NameRow) {
  const { name: _, tenant_id: __, version_count: ___, ...about } = toName(row)
  return about
}
