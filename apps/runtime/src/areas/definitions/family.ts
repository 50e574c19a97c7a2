import type { DefinitionFamily } from '@loomcycle/proto'
import type { AgentDefinition } from '../../ground/config/config.ts'
import type { Caller } from '../../tools/caller.ts'

/** What is said of a definition; null takes away what it had. */
export type Said<D> = { [K in keyof D]?: D[K] | null }

/** What families of definitions differ in. `D` is what one says, as it goes over the wire. */
export interface Family<D extends object> {
  family: DefinitionFamily
  /** What it defines: agent, skill, team. */
  noun: string
  /** What no name may begin with. */
  reserved?: string
  /** The setting that says which of them an agent may define, and what an agent has it at. */
  scopes: { setting: string; of(agent: AgentDefinition): readonly string[] | undefined }
  /** In bytes. */
  largest: { definition: number; description: number }
  /** Members that are not counted in that, since they have a limit of their own. */
  apart?: readonly (keyof D & string)[]
  /** What the operator has configured under a name. */
  findConfigured(tenantId: string, name: string): Promise<D | undefined>
  /** What is said laid over what is there; keys that nobody knows are left out. */
  merge(below: D, said: Said<D>): D
  /** Throws a `ToolError` for what is wrong with what is said by itself, and takes a while to find out. */
  study?(said: Said<D>): Promise<void>
  /** Throws a `ToolError` that names what must not be so, for what is new and for what is made from another. */
  check(caller: Caller, definition: D, parent: D | undefined): void
}
