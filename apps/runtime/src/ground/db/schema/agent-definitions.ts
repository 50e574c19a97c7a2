/** What runs began with; whatever is configured later, it stays as it was. */
export interface AgentDefinitionsTable {
  tenant_id: string
  /** By its content. */
  id: string
  name: string
  /** JSON: `AgentDefinition`. */
  definition: string
  created_at: number
}
