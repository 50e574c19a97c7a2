import type { AgentOverlay } from '@loomcycle/proto'
import { toOverlay } from '../../../engine/agents/to-overlay.ts'
import { isChannelPattern } from '../../../ground/config/channel-names.ts'
import { codeJs } from '../../../ground/config/code-agents.ts'
import { ConfigError } from '../../../ground/config/config.ts'
import type { AgentFields } from '../../../ground/config/config-file.ts'
import { derivedPrefix } from '../../../ground/config/good-name.ts'
import { agentFromFile } from '../../../ground/config/resolve-agent.ts'
import { volumeReference } from '../../../ground/config/volume-reference.ts'
import { isAdmin } from '../../../ground/identity/principal.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import type { Caller } from '../../../tools/caller.ts'
import type { DefinitionDeps } from '../deps.ts'
import type { Family } from '../family.ts'
import { requireBytes } from '../size.ts'
import { coversVolume } from './covers.ts'
import { mergeAgents } from './merge.ts'
import { type Widening, widened, widenedTools } from './narrowing.ts'

export function agentFamily(deps: DefinitionDeps): Family<AgentOverlay> {
  const { agents, limits, volumes, checkCode } = deps
  return {
    family: 'AgentDef',
    noun: 'agent',
    reserved: derivedPrefix,
    scopes: { setting: 'agent_def_scopes', of: ({ agentDefScopes }) => agentDefScopes },
    largest: { definition: limits.agentBytes, description: limits.descriptionBytes },
    apart: ['code_body'],
    async study({ code_body }) {
      if (code_body == null) return
      if (!checkCode) {
        throw new ToolError(
          'overlay.code_body cannot be used: no agents that are code are run here; give a model, or have the operator set LOOMCYCLE_CODE_AGENTS_ENABLED=1',
        )
      }
      requireBytes('overlay.code_body', code_body, limits.codeBytes)
      const wrong = await checkCode(code_body)
      if (wrong !== undefined) throw new ToolError(`overlay.code_body cannot be read: ${wrong}`)
    },
    async findConfigured(tenantId, name) {
      const found = await agents.find(tenantId, name)
      return found && toOverlay(found.agent)
    },
    merge: mergeAgents,
    check(caller, definition, parent) {
      requireSense(definition, deps)
      if (parent) refuseWidening(widenedTools(parent, definition), 'what it is forked from has')
      if (caller.run) {
        // An agent gives nothing that it, or what it forks, has not: otherwise it would give it to itself.
        const from = parent ?? toOverlay(caller.run.agent)
        refuseWidening(widened(from, definition), parent ? 'what it is forked from has' : `you have`)
        const { tools } = caller.run.options
        if (!parent && tools) refuseWidening(widenedTools({ tools }, definition), 'this run has')
      }
      refuseVolumes(caller, definition, parent, new Set(volumes.map(({ name }) => name)))
    },
  }
}

function requireSense(definition: AgentOverlay, { completePin, completeAgent }: DefinitionDeps) {
  const { provider, model, channels, code_body } = definition
  if (code_body !== undefined && provider !== codeJs) {
    throw new ToolError(`overlay.code_body is for agents whose provider is ${codeJs}; say so, or leave it out`)
  }
  if (code_body === undefined && provider === codeJs) {
    throw new ToolError(`overlay.code_body is missing: an agent on ${codeJs} is the code that it runs`)
  }
  for (const [list, patterns = []] of Object.entries(channels ?? {})) {
    const wrong = (patterns as string[]).find((pattern) => !isChannelPattern(pattern))
    if (wrong !== undefined) {
      throw new ToolError(
        `overlay.channels.${list} has ${JSON.stringify(wrong.slice(0, 80))}, which is not a channel; use parts of letters, digits, _, . and - with / between them, and /* at the end for all below`,
      )
    }
  }
  for (const [setting, list] of Object.entries(definition)) {
    if (!setting.endsWith('_def_scopes')) continue
    const wrong = (list as string[]).find((scope) => !/^(self|descendants|any|named:.+)$/.test(scope))
    if (wrong !== undefined) {
      throw new ToolError(
        `overlay.${setting} has ${JSON.stringify(wrong.slice(0, 80))}; each is self, descendants, any or named:<name>`,
      )
    }
  }
  try {
    completePin({ ...(provider && { provider }), ...(model && { model }) }, 'overlay.provider')
    completeAgent(agentFromFile('overlay', definition as AgentFields), 'overlay')
  } catch (error) {
    throw error instanceof ConfigError ? new ToolError(error.message) : error
  }
}

function refuseWidening(widening: Widening | undefined, whoHas: string) {
  if (!widening) return
  const { path, wanted, given } = widening
  const advice = path === 'providers' ? 'name some of those' : 'leave it out'
  throw new ToolError(
    `cannot widen: overlay.${path} has ${wanted.slice(0, 128)}, and ${whoHas} ${given.slice(0, 1000)}; ${advice}`,
  )
}

/** Folders of the operator's machine are given by the operator, and handed on at most. */
function refuseVolumes(
  { run, principal }: Caller,
  { volumes = [] }: AgentOverlay,
  parent: AgentOverlay | undefined,
  declared: ReadonlySet<string>,
) {
  if (!run && !parent && isAdmin(principal)) return
  const given = parent?.volumes ?? run?.agent.volumes ?? []
  const wanted = volumes.find((volume) => declared.has(volumeReference(volume).name) && !coversVolume(given, volume))
  if (wanted === undefined) return
  throw new ToolError(
    `cannot widen: overlay.volumes has ${wanted.slice(0, 128)}, which is a folder of the operator's; an agent of the configuration has to have it, to be forked`,
  )
}
