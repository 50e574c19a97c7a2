import type { AgentOverrides, DerivedAgent } from '@loomcycle/proto'
import { versionOf } from '../../../engine/agents/configured.ts'
import type { AgentVersion } from '../../../engine/agents/definitions.ts'
import { deriveAgent } from '../../../engine/agents/derived.ts'
import type { Derived } from '../../../engine/agents/derived-store.ts'
import { ConfigError, type ModelChoice } from '../../../ground/config/config.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import { isWithoutModel } from '../../../models/routing/resolve.ts'
import type { RunRoute } from '../../../models/routing/run-route.ts'
import type { DerivedDeps } from './deps.ts'

/** A version with overrides over it, and the model it runs on. Refuses, in words, what could not run. */
export async function effective(
  deps: DerivedDeps,
  base: AgentVersion,
  overrides: AgentOverrides,
  userTier: string | undefined,
): Promise<{ version: AgentVersion; began: ModelChoice; route: RunRoute }> {
  try {
    const version = versionOf(deriveAgent(base.agent, overrides, deps))
    const { provider, model, route } = await deps.resolveModel(version.agent, userTier)
    return { version, began: { provider: provider.id, model }, route }
  } catch (error) {
    throw error instanceof ConfigError || isWithoutModel(error) ? new ToolError(error.message) : error
  }
}

export function toWire(derived: Derived, began: ModelChoice | undefined): DerivedAgent {
  return {
    name: derived.name,
    base: derived.base,
    ...(derived.baseDefId ? { base_def_id: derived.baseDefId } : {}),
    ...(derived.sessionId ? { session_id: derived.sessionId } : {}),
    overrides: derived.overrides,
    ...began,
  }
}
