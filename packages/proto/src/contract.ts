import { agentOps } from './agent-tool.ts'
import { channelEndpoints, channelOps } from './channels.ts'
import { configurationEndpoints } from './configuration.ts'
import { contextOps } from './context.ts'
import { agentDefOps, definitionEndpoints, skillDefOps, teamDefOps } from './definitions/index.ts'
import { documentEndpoints, documentOps } from './documents/index.ts'
import { evaluationOps } from './evaluations.ts'
import { historyOps } from './history.ts'
import { identityEndpoints } from './identity.ts'
import { interruptEndpoints, interruptionOps } from './interrupts.ts'
import { libraryEndpoints } from './library.ts'
import { memoryOps } from './memory.ts'
import { memoryEndpoints } from './memory-admin.ts'
import { modelEndpoints } from './models.ts'
import type { OpSet } from './op.ts'
import { operationEndpoints } from './operations.ts'
import { pathOps } from './paths.ts'
import { runEndpoints } from './runs.ts'
import { sessionEndpoints } from './sessions.ts'
import { usageEndpoints } from './usage.ts'
import { volumeEndpoints, volumeOps } from './volumes.ts'

/** Every route that is not an op set. */
export const endpoints = {
  ...identityEndpoints,
  ...runEndpoints,
  ...sessionEndpoints,
  ...interruptEndpoints,
  ...libraryEndpoints,
  ...definitionEndpoints,
  ...modelEndpoints,
  ...operationEndpoints,
  ...usageEndpoints,
  ...configurationEndpoints,
  ...memoryEndpoints,
  ...documentEndpoints,
  ...channelEndpoints,
  ...volumeEndpoints,
}

/** Every op set, by the name of its tool. */
export const opSets = {
  Agent: agentOps,
  AgentDef: agentDefOps,
  Channel: channelOps,
  Context: contextOps,
  Document: documentOps,
  Evaluation: evaluationOps,
  History: historyOps,
  Interruption: interruptionOps,
  Memory: memoryOps,
  Path: pathOps,
  SkillDef: skillDefOps,
  TeamDef: teamDefOps,
  VolumeDef: volumeOps,
} satisfies Record<string, OpSet>
