import type { Scenario } from '../scenario.ts'
import { cards } from './cards.ts'
import { compacted } from './compactions.ts'
import { failed, fallenBack, retried } from './failures.ts'
import { batched, crowded, heldTurnCancelled, left, paused } from './operations.ts'
import { answered, askingCancelled, declined, expired } from './questions.ts'
import { cascade, parallelSpawning, spawning, waitCancelled } from './spawns.ts'
import { conversation, oneShot, sideBySide } from './talks.ts'
import { team, teamEnded, teamOfAgent } from './teams.ts'
import { agentCancelled, parallelTools, slowTurnCancelled, speechCancelled, steerDuringTool } from './tools.ts'

export const scenarios: readonly Scenario[] = [
  oneShot,
  conversation,
  sideBySide,
  parallelTools,
  steerDuringTool,
  slowTurnCancelled,
  speechCancelled,
  agentCancelled,
  spawning,
  parallelSpawning,
  cascade,
  waitCancelled,
  retried,
  failed,
  fallenBack,
  answered,
  declined,
  expired,
  askingCancelled,
  compacted,
  paused,
  heldTurnCancelled,
  crowded,
  left,
  batched,
  cards,
  team,
  teamOfAgent,
  teamEnded,
]
