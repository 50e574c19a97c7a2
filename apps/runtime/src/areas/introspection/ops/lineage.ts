import { listAncestors, listDescendants, type Relative } from '../../../engine/definitions/store.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import type { ContextOp, IntrospectionDeps } from '../deps.ts'

const mostDescendants = 500

/** Whose a version is shows in its name; a foreign one and a missing one look the same. */
export function lineage({ db }: IntrospectionDeps): ContextOp<'lineage'> {
  return async ({ tenantId }, { def_id, depth = 10 }) => {
    const [root, ...ancestors] = await listAncestors(db.read, tenantId, 'AgentDef', def_id, depth)
    if (!root) throw new ToolError(`there is no version ${def_id.slice(0, 80)} of an agent`)
    const found = await listDescendants(db.read, tenantId, 'AgentDef', def_id, {
      generations: depth,
      limit: mostDescendants + 1,
    })
    const oldest = ancestors.at(-1) ?? root
    return {
      root: toEntry(root),
      ancestors: ancestors.map(toEntry),
      descendants: found.slice(0, mostDescendants).map(toEntry),
      depth,
      truncated: found.length > mostDescendants || oldest.parent_id !== null || found.some(isLast(depth)),
    }
  }
}

/** There may be more below. */
function isLast(depth: number) {
  return ({ generation }: Relative) => generation === depth
}

function toEntry({ id, name, version, parent_id, retired, created_at }: Relative) {
  return {
    def_id: id,
    name,
    version,
    ...(parent_id === null ? {} : { parent_def_id: parent_id }),
    retired: retired === 1,
    created_at: new Date(created_at).toISOString(),
  }
}
