import type { AgentSource } from '../../engine/agents/definitions.ts'
import type { SkillSource } from '../../engine/skills/skills.ts'
import type { Bus } from '../../ground/bus.ts'
import type { Clock } from '../../ground/clock.ts'
import type { Config, Limits } from '../../ground/config/config.ts'
import type { Database } from '../../ground/db/database.ts'
import type { Surroundings } from './lacks.ts'

export interface DefinitionDeps {
  db: Database
  clock: Clock
  bus: Bus
  limits: Limits['definitions']
  /** What the operator has configured. */
  agents: AgentSource
  skills: SkillSource
  volumes: Config['volumes']
  surroundings: Surroundings
  completePin: Config['completePin']
  completeAgent: Config['completeAgent']
  /** What keeps this from being the code of an agent, if anything; undefined where no code is run. */
  checkCode?: ((source: string) => Promise<string | undefined>) | undefined
}
