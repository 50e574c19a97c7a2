import type { historyOps, OpInput } from '@loomcycle/proto'
import { ToolError } from '../../../ground/tool-error.ts'
import type { Caller } from '../../../tools/caller.ts'
import { reachOf, seesDeleted } from '../access.ts'
import type { ChatFilter } from '../store.ts'

export function toFilter(caller: Caller, input: OpInput<typeof historyOps, 'list'>): ChatFilter {
  if (input.deleted_only && !seesDeleted(caller)) throw new ToolError('deleted conversations are not open to agents')
  return {
    ...reachOf(caller, input.scope ?? 'self'),
    pinnedOnly: input.pinned_only ?? false,
    includeArchived: input.include_archived ?? false,
    archivedOnly: input.archived_only,
    deletedOnly: input.deleted_only,
    includeInternal: input.include_internal,
    titleContains: input.title_contains,
    status: input.status,
    from: timeOf('from', input.from),
    to: timeOf('to', input.to),
    tag: input.tag,
    untagged: input.untagged,
  }
}

function timeOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw new ToolError(`${name} must be a time as in RFC 3339, e.g. 2026-06-30T09:00:00Z`)
  return time
}
