import { retire as retireVersion } from '../../../engine/definitions/versions.ts'
import type { Caller } from '../../../tools/caller.ts'
import { Authority } from '../access.ts'
import { change } from '../change.ts'
import type { DefinitionDeps } from '../deps.ts'
import type { Family } from '../family.ts'
import { getVersion } from './read.ts'

/** What is active and retired is not used: then it is what is configured under the name, if anything is. */
export function retire<D extends object>(deps: DefinitionDeps, family: Family<D>) {
  return (caller: Caller, { def_id, retired = true }: { def_id: string; retired?: boolean }) =>
    change(deps, caller, family, async (tx, now) => {
      const row = await getVersion(tx, caller, family, def_id)
      await new Authority(caller, family).requireName(tx, row.name)
      await retireVersion(tx, row, retired, now)
      return { def_id, retired }
    })
}
