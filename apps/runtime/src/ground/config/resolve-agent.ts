import { codeJs, isCodeAgent } from './code-agents.ts'
import {
  type AgentDefinition,
  ConfigError,
  type Pin,
  type ProviderSettings,
  plainAgent,
  type TreeLimits,
} from './config.ts'
import type { AgentFields, ConfigFile } from './config-file.ts'
import { type ServiceSettings, serviceMeant, setUpBy } from './model-services.ts'

/** Those that are no services. */
export const ourProviders = ['scripted', 'mock', 'mock-stable', codeJs]

/** The services there are, and those of them that are set up. */
export interface SetUp {
  services: readonly ServiceSettings[]
  providers: ProviderSettings
}

export function agentFromFile(name: string, fields: AgentFields): AgentDefinition {
  return {
    name,
    source: 'file',
    description: fields.description,
    provider: fields.provider,
    model: fields.model,
    ...routingOf(fields),
    systemPrompt: fields.system_prompt ?? plainAgent.systemPrompt,
    code: fields.code ?? fields.code_body,
    runTimeoutSeconds: fields.run_timeout_seconds,
    tools: fields.tools ?? plainAgent.tools,
    disableContext: fields.disable_context ?? plainAgent.disableContext,
    memoryScopes: [...new Set(fields.memory_scopes)],
    memoryQuotaBytes: fields.memory_quota_bytes,
    sqlScopes: fields.sql_scopes && [...new Set(fields.sql_scopes)],
    sqlQuotaBytes: fields.sql_quota_bytes,
    compaction: fields.compaction,
    interruption: fields.interruption && {
      enabled: fields.interruption.enabled ?? true,
      maxPending: fields.interruption.max_pending,
    },
    channels: fields.channels && {
      publish: fields.channels.publish ?? [],
      subscribe: fields.channels.subscribe ?? [],
    },
    evaluationScopes: fields.evaluation_scopes,
    historyScope: fields.history_scope && historyScopes(fields.history_scope),
    maxConcurrentChildren: atMost(32, fields.max_concurrent_children),
    tree: fields.tree && treeOf(fields.tree),
    maxTokens: fields.max_tokens,
    maxIterations: fields.max_iterations || undefined,
    unboundedIterations: fields.unbounded_iterations ?? plainAgent.unboundedIterations,
    effort: fields.effort,
    sampling: fields.sampling,
    retryAttempts: atMost(5, fields.retry_attempts),
    skills: fields.skills,
    volumes: fields.volumes,
    agentDefScopes: fields.agent_def_scopes,
    skillDefScopes: fields.skill_def_scopes,
    teamDefScopes: fields.team_def_scopes,
    volumeDefScopes: fields.volume_def_scopes,
  }
}

/** As they are written, to be completed. */
function routingOf({ tier, providers, models }: AgentFields): Pick<AgentDefinition, 'tier' | 'providers' | 'models'> {
  return { tier, providers: providers && [...providers], models: models as AgentDefinition['models'] }
}

/** A tenant is as far as anybody sees. */
function historyScopes(scopes: NonNullable<AgentFields['history_scope']>): AgentDefinition['historyScope'] {
  return [...new Set(scopes.map((scope) => (scope === 'any' || scope === 'global' ? 'tenant' : scope)))]
}

function atMost(limit: number, given: number | undefined): number | undefined {
  return given && Math.min(given, limit)
}

function treeOf(fields: NonNullable<AgentFields['tree']>): Partial<TreeLimits> {
  const { max_runs: runs, max_runs_at_once: runsAtOnce, max_model_calls: modelCalls, max_tokens: tokens } = fields
  const given = Object.entries({ runs, runsAtOnce, modelCalls, tokens }).filter(([, limit]) => limit !== undefined)
  return Object.fromEntries(given)
}

/**
 * Completes half a choice: a model may be an alias, which brings its provider unless one is named; the defaults
 * give what is still open, their model only together with their provider.
 */
export function completePin(pin: Pin, { models = {}, defaults = {} }: ConfigFile, saidBy: string, setUp: SetUp): Pin {
  const chosen = pin.provider || pin.model ? pin : defaults
  const alias = chosen.model !== undefined && Object.hasOwn(models, chosen.model) ? models[chosen.model] : undefined
  const model = alias?.model ?? chosen.model
  const provider = knownProvider(chosen.provider ?? alias?.provider ?? defaults.provider, saidBy, setUp)
  const samePlace = provider === knownProvider(defaults.provider, 'defaults', setUp)
  return { provider, model: model ?? (samePlace ? completeModel(defaults.model, models) : undefined) }
}

/** What the file says of how much models take, by service and model where it names both. */
export function configuredWindows({ models = {}, defaults = {} }: ConfigFile, setUp: SetUp): Record<string, number> {
  const windows: Record<string, number> = Object.create(null)
  for (const [name, { provider, model = name, context_window }] of Object.entries(models)) {
    if (context_window === undefined) continue
    const service = knownProvider(provider ?? defaults.provider, `models.${name}`, setUp)
    windows[service === undefined ? model : `${service}/${model}`] = context_window
  }
  return windows
}

function completeModel(model: string | undefined, models: NonNullable<ConfigFile['models']>): string | undefined {
  return model !== undefined && Object.hasOwn(models, model) ? (models[model]?.model ?? model) : model
}

/** The id we have for it, as things are set up; one that nobody knows is a mistake of whoever says it. */
export function knownProvider(
  id: string | undefined,
  saidBy: string,
  { services, providers }: SetUp,
): string | undefined {
  if (id === undefined) return undefined
  const all = [...services.map((service) => service.id), ...ourProviders]
  if (!all.includes(id)) {
    throw new ConfigError(`${saidBy} names the provider "${id}", which is not known; use one of ${all.join(', ')}.`)
  }
  return serviceMeant(id, services, (one) => Object.hasOwn(providers, one))
}

/** Tools that do nothing without another setting: what opens them, and what is said where that is missing. */
const GATES: readonly (readonly [tool: string, isOpen: (agent: AgentDefinition) => unknown, lacks: string])[] = [
  [
    'Memory',
    ({ memoryScopes, sqlScopes }) => memoryScopes.length > 0 || sqlScopes?.length,
    'neither memory_scopes nor sql_scopes',
  ],
  ['Interruption', ({ interruption }) => interruption?.enabled, 'not interruption.enabled'],
  ['Channel', ({ channels }) => channels?.publish.length || channels?.subscribe.length, 'no channels'],
  ['History', ({ historyScope }) => historyScope?.length, 'no history_scope'],
  ['Evaluation', ({ evaluationScopes }) => evaluationScopes?.length, 'no evaluation_scopes'],
  ['Skill', ({ skills }) => skills?.length, 'no skills'],
  ['AgentDef', ({ agentDefScopes }) => agentDefScopes?.length, 'no agent_def_scopes'],
  ['SkillDef', ({ skillDefScopes }) => skillDefScopes?.length, 'no skill_def_scopes'],
  ['TeamDef', ({ teamDefScopes }) => teamDefScopes?.length, 'no team_def_scopes'],
  ['VolumeDef', ({ volumeDefScopes }) => volumeDefScopes?.length, 'no volume_def_scopes'],
]

/** Tools that an agent lists without what lets a call through. */
export function closedGates(agent: AgentDefinition): { tool: string; lacks: string }[] {
  return GATES.filter(([tool, isOpen]) => agent.tools.includes(tool) && !isOpen(agent)).map(([tool, , lacks]) => ({
    tool,
    lacks,
  }))
}

/** What an agent lists or names but cannot have as things stand. */
export function agentWarnings(
  agent: AgentDefinition,
  { services, providers }: SetUp,
  has: { mocks: boolean; code: boolean },
): string[] {
  const warnings: string[] = []
  const { name, provider } = agent
  for (const { tool, lacks } of closedGates(agent)) {
    warnings.push(`Agent ${name} lists the tool ${tool} but ${lacks}; every call will be refused.`)
  }
  const service = services.find(({ id }) => id === provider)
  if (service && !providers[service.id]) {
    warnings.push(`Agent ${name} uses ${service.id}, which is not set up; set ${setUpBy(service, services)}.`)
  }
  if (provider?.startsWith('mock') && !has.mocks) {
    warnings.push(`Agent ${name} uses ${provider}, which is not there; set LOOMCYCLE_MOCK_ENABLED=1.`)
  }
  if (isCodeAgent(agent) && !has.code) {
    warnings.push(`Agent ${name} is code, of which none is run; set LOOMCYCLE_CODE_AGENTS_ENABLED=1.`)
  }
  if (agent.code !== undefined && !isCodeAgent(agent)) {
    warnings.push(`Agent ${name} has code, which has no effect: its provider is not ${codeJs}.`)
  }
  return warnings
}
