import { type Db, type DefinitionRow, findVersion } from '../../../engine/definitions/store.ts'
import { addVersion, bootstrap, findActive } from '../../../engine/definitions/versions.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import type { Caller } from '../../../tools/caller.ts'
import { Authority } from '../access.ts'
import { authorOf, change } from '../change.ts'
import type { DefinitionDeps } from '../deps.ts'
import type { Family, Said } from '../family.ts'
import { requireNewName } from '../names.ts'
import { requireRoom, requireSize } from '../size.ts'
import { definitionOf, toRow } from '../to-row.ts'

export interface ForkInput<D> {
  name: string
  parent_def_id?: string
  overlay?: Said<D>
  description?: string
  promote?: boolean
}

/** A version that is made from another one, or from what is configured, of which a copy is kept then. */
export function fork<D extends object>(deps: DefinitionDeps, family: Family<D>) {
  return async (caller: Caller, input: ForkInput<D>) => {
    const { name, overlay, description = '', promote = false } = input
    const { tenantId } = caller
    const authority = new Authority(caller, family)
    const from = input.parent_def_id ?? name
    // Read before the transaction, which waits for nothing but its own statements.
    const configured = await family.findConfigured(tenantId, from)
    const isConfigured = await family.findConfigured(tenantId, name)
    await family.study?.(overlay ?? {})
    return change(deps, caller, family, async (tx, now) => {
      if (!isConfigured) await requireNewName(tx, { tenantId, family: family.family, name }, family)
      await authority.requireName(tx, name)
      const author = authorOf(caller)
      const parent = await findParent(tx, { tenantId, from, family })
      if (parent) await authority.requireVersion(tx, parent)
      else if (configured) authority.requireConfigured(from)
      else throw missing(family, from, input.parent_def_id !== undefined)
      if (isConfigured && (parent?.name ?? from) !== name) {
        throw new ToolError(
          `the ${family.noun} ${name} is configured by the operator; fork it from one of its own versions`,
        )
      }
      const below = parent ? definitionOf<D>(parent) : configured!
      const definition = family.merge(below, overlay ?? {})
      family.check(caller, definition, below)
      requireSize(family, definition, description)
      await requireRoom(deps, tx, tenantId)
      const of = { tenantId, family: family.family, author, now }
      const base = parent ?? (await bootstrap(tx, { ...of, name: from, definition: below, description: '' }))
      const made = await addVersion(tx, { ...of, name, definition, description, promote, parentId: base.id })
      return toRow<D>(made, { promoted: promote })
    })
  }
}

/** By its id, or the one in use under a name. */
async function findParent(
  tx: Db,
  { tenantId, from, family: { family } }: { tenantId: string; from: string; family: Pick<Family<object>, 'family'> },
): Promise<DefinitionRow | undefined> {
  return (await findVersion(tx, tenantId, family, from)) ?? findActive(tx, { tenantId, family, name: from })
}

function missing({ noun }: Pick<Family<object>, 'noun'>, from: string, wasNamed: boolean) {
  const what = from.slice(0, 128)
  return new ToolError(
    wasNamed
      ? `there is no version ${what}, and no ${noun} of that name is in use`
      : `no ${noun} ${what} is in use; name the version to begin with as parent_def_id, or use create`,
  )
}
