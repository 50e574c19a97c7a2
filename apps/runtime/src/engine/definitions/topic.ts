import type { DefinitionFamily } from '@loomcycle/proto'

/** Announced on the bus when something of a family was defined, promoted or retired. */
export function definitionsTopic(tenantId: string, family: DefinitionFamily): string {
  return `definitions/${family}/${tenantId}`
}
