import type { AgentOverrides, DerivedAgent } from '@loomcycle/proto'
import { RuntimeError } from '@loomcycle/proto'
import { versionOf } from '../../../engine/agents/configured.ts'
import type { AgentVersion } from '../../../engine/agents/definitions.ts'
import { deriveAgent } from '../../../engine/agents/derived.ts'
import type { Derived } from '../../../engine/agents/derived-store.ts'
import { ConfigError } from '../../../ground/config/config.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import type { ModelChoice } from '../../../models/routing/route.ts'
import type { DerivedDeps } from './deps.ts'

/** A version with overrides over it, and the model it runs on. Refuses, in words, what could not run. */
export async function effective(
  { completePin, resolveModel }: DerivedDeps,
  base: AgentVersion,
  overrides: AgentOverrides,
): Promise<{ version: AgentVersion; began: ModelChoice }> {
  try {
    const version = versionOf(deriveAgent(base.agent, overrides, completePin))
    const { provider, model } = await resolveModel(version.agent)
    return { version, began: { provider: provider.id, model } }
  } catch (error) {
    const isRefusal =
      error instanceof ConfigError || (error instanceof RuntimeError && error.code === 'model_unavailable')
    throw isRefusal ? new ToolError(error.message) : error
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
