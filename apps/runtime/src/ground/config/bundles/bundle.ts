import type { AgentFields, SkillFields } from '../config-file.ts'

/** Agents and skills that come with the runtime, said as a configuration file says them. */
export interface Bundle {
  name: string
  description: string
  agents: Record<string, AgentFields>
  skills?: Record<string, SkillFields>
  /** Which scripts its agents follow where there is no model; those without one are not there then. */
  scripts?: Record<string, string>
}
