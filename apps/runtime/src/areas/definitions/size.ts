import { countVersions, type Db } from '../../engine/definitions/store.ts'
import { ToolError } from '../../ground/tool-error.ts'
import type { DefinitionDeps } from './deps.ts'
import type { Family } from './family.ts'

export function requireSize(
  { largest, noun, apart }: { apart?: readonly string[] } & Pick<Family<object>, 'largest' | 'noun'>,
  definition: object,
  description: string,
) {
  const left = Object.fromEntries((apart ?? []).map((name) => [name, undefined]))
  requireBytes(`the definition of the ${noun}`, JSON.stringify({ ...definition, ...left }), largest.definition)
  requireBytes('description', description, largest.description)
}

export function requireBytes(what: string, text: string, limit: number) {
  const bytes = Buffer.byteLength(text)
  if (bytes > limit) throw new ToolError(`${what} is ${bytes} bytes long and may be ${limit}; make it shorter`)
}

/** Whoever makes versions all day comes to an end. */
export async function requireRoom({ limits }: Pick<DefinitionDeps, 'limits'>, tx: Db, tenantId: string) {
  if ((await countVersions(tx, tenantId)) < limits.perTenant) return
  throw new ToolError(
    `there are ${limits.perTenant} versions of definitions, and there can be no more; ask the operator to raise LOOMCYCLE_DEFINITIONS_MAX_PER_TENANT`,
  )
}
