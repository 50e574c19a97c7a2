import { type AgentChanges, AgentOverlay } from '@loomcycle/proto'
import { withoutEmpty } from '../../../engine/definitions/content-hash.ts'
import type { Said } from '../family.ts'

/** Of these each member counts by itself. */
const perMember = ['sampling', 'compaction', 'tree'] as const

/** Texts, which null takes away; elsewhere it says nothing. */
const taken = [
  'description',
  'provider',
  'model',
  'tier',
  'effort',
  'system_prompt',
  'code_body',
] as const satisfies (keyof AgentChanges)[]

/**
 * Lays what is said over what is there. A list replaces the other, and an empty one clears it; null takes a text away; `channels` and
 * `interruption` are replaced whole; switches can be turned on and not off. What nobody knows, and what a version is given
 * by the server, is left out.
 */
export function mergeAgents(below: AgentOverlay, said: Said<AgentOverlay>): AgentOverlay {
  const { allowed_tools, ...over } = said
  const tools = said.tools ?? allowed_tools
  const known = Object.entries({ ...over, ...(tools ? { tools } : {}) }).filter(
    ([name, value]) => Object.hasOwn(AgentOverlay.properties, name) && value !== false && value != null,
  )
  let merged: AgentOverlay = { ...below, ...(Object.fromEntries(known) as AgentOverlay) }
  for (const name of taken) if (said[name] === null) delete merged[name]
  // One of them says what it runs on, and it is the later one.
  if (said.tier && !said.provider && !said.model) merged = { ...merged, provider: undefined, model: undefined }
  if ((said.provider || said.model) && !said.tier) merged = { ...merged, tier: undefined }
  for (const name of perMember) {
    if (said[name]) Object.assign(merged, { [name]: { ...below[name], ...said[name] } })
  }
  // As it is meant in configuration files.
  if (said.interruption) merged.interruption = { ...said.interruption, enabled: said.interruption.enabled ?? true }
  return withoutEmpty(merged)
}
