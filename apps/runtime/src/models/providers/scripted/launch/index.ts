import type { Pace, ScriptedModel } from '../turn.ts'
import { drafter } from './drafter.ts'
import { reporter } from './reporter.ts'

const PACE: Pace = { chunk_chars: 24, delay_ms: 16 }

/** Two agents that work on publications without a model, by the name of their scripts. */
export const launchModels: Record<string, ScriptedModel> = {
  'launch-drafter': async (request) => ({ pace: PACE, ...(await drafter(request)) }),
  'launch-reporter': async (request) => ({ pace: PACE, ...(await reporter(request)) }),
}
