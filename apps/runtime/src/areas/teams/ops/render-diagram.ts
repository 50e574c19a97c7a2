import type { TeamGraph } from '@loomcycle/proto'
import { toMermaid } from '@loomcycle/proto/teams'
import { findActive } from '../../../engine/definitions/versions.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import { Authority } from '../../definitions/access.ts'
import type { DefinitionDeps } from '../../definitions/deps.ts'
import type { Family } from '../../definitions/family.ts'
import { getVersion } from '../../definitions/ops/read.ts'
import { definitionOf } from '../../definitions/to-row.ts'
import type { TeamOp } from '../context.ts'
import { requireGraph } from '../team-family.ts'

export function renderDiagram({ db }: DefinitionDeps, family: Family<TeamGraph>): TeamOp<'render_diagram'> {
  return async (caller, { name = '', def_id = '', overlay, highlight_state }) => {
    const drawn = (graph: TeamGraph) => {
      requireKnown(graph, highlight_state)
      return { format: 'mermaid', diagram: toMermaid(graph, { highlight: highlight_state }) }
    }
    if (overlay) {
      requireGraph(overlay)
      return { name, def_id: '', ...drawn(overlay), preview: true }
    }
    if (name === '' && def_id === '') throw new ToolError('missing required field: name, def_id or overlay')
    const { tenantId } = caller
    const row = def_id
      ? await getVersion(db.read, caller, family, def_id)
      : await findActive(db.read, { tenantId, family: 'TeamDef', name })
    if (!row) throw new ToolError(`no team ${name.slice(0, 128)} is in use`)
    await new Authority(caller, family).requireVersion(db.read, row)
    return { name: row.name, def_id: row.id, ...drawn(definitionOf<TeamGraph>(row)) }
  }
}

function requireKnown({ states = [] }: TeamGraph, state: string | undefined): void {
  if (state === undefined || states.some((one) => one.state === state)) return
  const names = states.map((one) => `"${one.state}"`).join(', ')
  throw new ToolError(`highlight_state names the state "${state.slice(0, 80)}", which there is not; there are ${names}`)
}
