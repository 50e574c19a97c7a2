import { promote as promoteVersion } from '../../../engine/definitions/versions.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import type { Caller } from '../../../tools/caller.ts'
import { Authority } from '../access.ts'
import { change } from '../change.ts'
import type { DefinitionDeps } from '../deps.ts'
import type { Family } from '../family.ts'
import { getVersion } from './read.ts'

export function promote<D extends object>(deps: DefinitionDeps, family: Family<D>) {
  return (caller: Caller, { def_id }: { def_id: string }) =>
    change(deps, caller, family, async (tx, now) => {
      const row = await getVersion(tx, caller, family, def_id)
      await new Authority(caller, family).requireName(tx, row.name)
      if (row.retired) {
        throw new ToolError(
          `version ${row.version} of ${row.name} is retired; take it back first, with retire and retired: false`,
        )
      }
      await promoteVersion(tx, row, now)
      return { def_id, name: row.name, promoted: true }
    })
}
