import { addVersion, findSameActive } from '../../../engine/definitions/versions.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import type { Caller } from '../../../tools/caller.ts'
import { Authority } from '../access.ts'
import { authorOf, change } from '../change.ts'
import type { DefinitionDeps } from '../deps.ts'
import type { Family } from '../family.ts'
import { requireNewName } from '../names.ts'
import { requireRoom, requireSize } from '../size.ts'
import { toRow } from '../to-row.ts'

export interface CreateInput<D> {
  name: string
  overlay?: D
  description?: string
  promote?: boolean
}

/** The first version of a name, or one more that is made from nothing. */
export function create<D extends object>(deps: DefinitionDeps, family: Family<D>) {
  return async (caller: Caller, { name, overlay, description = '', promote = true }: CreateInput<D>) => {
    const { tenantId } = caller
    if (await family.findConfigured(tenantId, name)) {
      throw new ToolError(`the ${family.noun} ${name} is configured by the operator and cannot be created; use fork`)
    }
    await family.study?.(overlay ?? {})
    const definition = family.merge({} as D, overlay ?? {})
    family.check(caller, definition, undefined)
    requireSize(family, definition, description)
    return change(deps, caller, family, async (tx, now) => {
      await new Authority(caller, family).requireName(tx, name)
      const of = { tenantId, family: family.family, name }
      await requireNewName(tx, of, family)
      const same = await findSameActive(tx, of, definition)
      if (same) return toRow<D>(same, { promoted: true, deduplicated: true })
      await requireRoom(deps, tx, tenantId)
      const made = { ...of, definition, description, promote, now, parentId: null, author: authorOf(caller) }
      return toRow<D>(await addVersion(tx, made), { promoted: promote })
    })
  }
}
