import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { createCheck, nearest } from '../validation.ts'
import type { Bundle } from './bundles/bundle.ts'
import { agentsOf, bundledScripts, chosenBundles, skillsOf, usualBundles } from './bundles/index.ts'
import { type AgentDefinition, type Config, ConfigError, type OllamaSearch, type ProviderSettings } from './config.ts'
import type { ConfigFile } from './config-file.ts'
import { detectOllama } from './detect-ollama.ts'
import { type Env, readEnv, secretVariables } from './env/env.ts'
import { memorySettings } from './memory-settings.ts'
import type { ServiceSettings } from './model-services.ts'
import { ownServices } from './own-services.ts'
import { readCode } from './read-code.ts'
import { readFiles } from './read-files.ts'
import { readNamedFile, refusedAs } from './read-named-file.ts'
import { secretsIn } from './redaction/secrets.ts'
import {
  agentFromFile,
  agentWarnings,
  completePin,
  configuredWindows,
  ourProviders,
  type SetUp,
} from './resolve-agent.ts'
import { channelsFromFile, channelWarnings } from './resolve-channels.ts'
import { resolvePricing } from './resolve-pricing.ts'
import { aliasesFromFile, completeAgent, routingFromFile, tierWarnings } from './resolve-routing.ts'
import { resolveSkills, skillWarnings } from './resolve-skills.ts'
import { resolveVolumes, volumeWarnings } from './resolve-volumes.ts'
import { Script } from './script.ts'
import { secretsOfStorage, storageSettings } from './storage-settings.ts'
import { readYaml } from './yaml.ts'

export interface LoadOptions {
  env: Env
  /** What relative paths start from. */
  cwd: string
  /** The model services there are. */
  services: readonly ServiceSettings[]
  /** Those that are set up, where that is known already. */
  providers?: ProviderSettings
  fetch?: typeof fetch
}

/** Everything the process was told, or a `ConfigError` that says what to change. */
export async function loadConfig({
  env,
  cwd,
  services: known,
  providers: isSetUp,
  fetch = globalThis.fetch,
}: LoadOptions): Promise<Config> {
  const {
    configFiles,
    configStrict,
    agentsRoot,
    skillsRoot,
    helpRoot,
    codeAgentsRoot,
    presets,
    detectOllama: mayDetect,
    ollamaAddress,
    embedding,
    storage: storageEnv,
    ...settings
  } = readEnv(env, known)
  const files = await readFiles({ configFiles, configStrict, agentsRoot, skillsRoot, helpRoot }, cwd, env)
  const { file } = files
  const own = ownServices(file, env, known)
  const services = [...known, ...own.services]
  const usual = withoutOwn(isSetUp) ?? settings.providers
  const set = { ...usual, ...own.providers }
  const findOllama = mayDetect ? () => searchOllama({ env, known, fetch, address: ollamaAddress }) : undefined
  const providers = isSetUp || !findOllama ? set : await withLocalOllama(set, findOllama)
  const setUp = { services, providers }
  const scripts = await readScripts(file, env)
  const bundles = bundlesIn(file, presets)
  const bundled = bundles.flatMap((bundle) => agentsOf(bundle, Object.keys(providers).length > 0))
  const replaced: string[] = []
  const agents = resolveAgents(file, bundled, { setUp, scripts, replaced })
  const routing = routingFromFile({ file, setUp })
  if (settings.codeAgents) await readCode(agents, resolve(cwd, codeAgentsRoot))
  const channels = channelsFromFile(file, agents)
  const skills = resolveSkills([...bundles.flatMap(skillsOf), ...files.skills], file)
  const volumes = resolveVolumes(file)
  const { storage, warnings: storageWarnings } = storageSettings(file.storage, storageEnv, settings.replicaId)
  const secretEnv = { ...env, ...secretsOfStorage(storage, settings.sqlMemory.dsn) }
  return {
    ...settings,
    dataDir: resolve(cwd, settings.dataDir),
    uiDir: settings.uiDir ? webAppIn(resolve(cwd, settings.uiDir)) : builtWebApp(),
    sqlMemory: {
      ...settings.sqlMemory,
      root: resolve(cwd, settings.sqlMemory.root || join(settings.dataDir, 'sqlmem')),
    },
    memory: memorySettings(file.memory, embedding, providers),
    storage,
    providers,
    ownServices: own.services,
    ...(findOllama && { findOllama }),
    defaults: completePin({}, file, 'defaults', setUp),
    completePin: (pin, saidBy) => completePin(pin, file, saidBy, setUp),
    completeAgent: (agent, saidBy) => completeAgent(agent, saidBy, { file, setUp }),
    aliases: aliasesFromFile({ file, setUp }),
    ...routing,
    windows: configuredWindows(file, setUp),
    pricing: resolvePricing(file),
    agents,
    defaultAgent: defaultAgent(file, agents),
    skills,
    volumes,
    help: files.help,
    concurrency: {
      maxConcurrentRuns: file.concurrency?.max_concurrent_runs ?? 8,
      maxQueueDepth: file.concurrency?.max_queue_depth ?? 16,
      queueTimeoutMs: file.concurrency?.queue_timeout_ms ?? 30_000,
      maxConcurrentRunsPerUser: file.concurrency?.max_concurrent_runs_per_user ?? 0,
    },
    calls: { ...settings.calls, byService: file.concurrency?.calls ?? {} },
    interruption: {
      defaultTimeoutMs: file.interruption?.default_timeout_ms ?? 3_600_000,
      maxTimeoutMs: file.interruption?.max_timeout_ms ?? 24 * 3_600_000,
      maxPendingPerRun: file.interruption?.max_pending_per_run ?? 8,
    },
    channels,
    secrets: secretsIn(secretEnv, [...secretVariables(known), ...own.secretVariables]),
    scripts,
    overrides: files.overrides,
    warnings: [
      ...settings.warnings,
      ...storageWarnings,
      ...files.warnings,
      ...own.warnings,
      ...callWarnings(file, services),
      ...replaced.map((name) => `agents.${name} takes the place of the bundled agent of that name, tools included.`),
      ...Object.values(agents).flatMap((agent) => [
        ...agentWarnings(agent, setUp, { mocks: settings.mock !== undefined, code: settings.codeAgents !== undefined }),
        ...tierWarnings(agent, routing),
        ...channelWarnings(agent, channels),
        ...skillWarnings(agent, skills),
        ...volumeWarnings(agent, volumes),
      ]),
    ],
  }
}

function callWarnings({ concurrency }: ConfigFile, services: readonly ServiceSettings[]): string[] {
  const known = [...services.map(({ id }) => id), ...ourProviders]
  return Object.keys(concurrency?.calls ?? {})
    .filter((name) => !known.includes(name))
    .map((name) => `concurrency.calls.${name} is of no model service that there is; there are ${known.join(', ')}.`)
}

/** Those that are of the environment, of what is set up already: files are read again. */
function withoutOwn(providers: ProviderSettings | undefined): ProviderSettings | undefined {
  return providers && Object.fromEntries(Object.entries(providers).filter(([, { own }]) => own === undefined))
}

/** With the one on this machine where no other is set up. */
async function withLocalOllama(
  providers: ProviderSettings,
  findOllama: () => Promise<OllamaSearch>,
): Promise<ProviderSettings> {
  if (Object.keys(providers).length > 0) return providers
  const found = await findOllama()
  return 'providers' in found ? found.providers : providers
}

/** What is set up with it is as if somebody had named its address. */
async function searchOllama(about: {
  env: Env
  known: readonly ServiceSettings[]
  fetch: typeof globalThis.fetch
  address: string | undefined
}): Promise<OllamaSearch> {
  const { baseUrl, lack = '' } = await detectOllama(about.fetch, about.address)
  if (baseUrl === undefined) return { lack }
  const { providers } = readEnv({ ...about.env, OLLAMA_BASE_URL: baseUrl }, about.known)
  return { providers: { 'ollama-local': { ...providers['ollama-local'], isFound: true } } }
}

function resolveAgents(
  file: ConfigFile,
  bundled: readonly AgentDefinition[],
  { setUp, scripts, replaced }: { setUp: SetUp; scripts: Config['scripts']; replaced: string[] },
): Record<string, AgentDefinition> {
  const own = Object.entries(file.agents ?? {}).map(([name, fields]) => agentFromFile(name, fields))
  const agents: Record<string, AgentDefinition> = Object.create(null)
  for (const agent of [...bundled, ...own]) {
    const pinned = completeAgent(agent, `agents.${agent.name}`, { file, setUp })
    if (pinned.provider === 'scripted') checkScript(pinned, [...bundledScripts, ...Object.keys(scripts)])
    if (agents[agent.name]) replaced.push(agent.name)
    agents[agent.name] = pinned
  }
  return agents
}

function bundlesIn({ bundles }: ConfigFile, presets: readonly string[]): Bundle[] {
  if (presets.length > 0) return chosenBundles(presets, 'LOOMCYCLE_PRESETS')
  return chosenBundles(bundles ?? usualBundles, 'bundles')
}

function checkScript({ name, model }: AgentDefinition, scripts: string[]) {
  if (model === undefined || scripts.includes(model)) return
  throw new ConfigError(
    `agents.${name} uses the script "${model}", which is not under scripts; use one of ${scripts.join(', ')}.`,
  )
}

function defaultAgent({ default_agent }: ConfigFile, agents: Record<string, AgentDefinition>): string {
  if (default_agent === undefined) {
    return ['assistant', 'demo'].find((name) => agents[name]) ?? Object.keys(agents)[0] ?? ''
  }
  if (agents[default_agent]) return default_agent
  const names = Object.keys(agents)
  const close = nearest(default_agent, names)
  throw new ConfigError(
    `default_agent is "${default_agent}", which is no agent; ${close ? `did you mean ${close}?` : `there are ${names.join(', ')}.`}`,
  )
}

const checkScriptFile = createCheck(Script)

async function readScripts({ scripts = {} }: ConfigFile, env: Env): Promise<Config['scripts']> {
  const read: Config['scripts'] = Object.create(null)
  for (const [name, path] of Object.entries(scripts)) {
    const file = readYaml(await readNamedFile(path, refusedAs(`scripts.${name}`)), basename(path), env)
    const problem = checkScriptFile(file.value)
    if (problem) file.fail(problem)
    const script = file.value as Script
    for (const [index, { match = '' }] of script.scenes.entries()) {
      if (!isPattern(match)) {
        file.fail({ path: ['scenes', String(index), 'match'], message: 'is not a regular expression' })
      }
    }
    read[name] = script
  }
  return read
}

function isPattern(source: string): boolean {
  try {
    new RegExp(source)
    return true
  } catch {
    return false
  }
}

/** Beside the runtime, seen from its source as from its bundle. */
function webAppIn(folder: string): string {
  if (existsSync(join(folder, 'index.html'))) return folder
  throw new ConfigError(
    `LOOMCYCLE_UI_DIR: there is no index.html in ${folder}. Name the folder of a built web app, or leave it out to have the one that comes with the runtime.`,
  )
}

function builtWebApp(): string | undefined {
  const places = ['../../loomboard/dist', '../../../../loomboard/dist'].map((place) => join(import.meta.dirname, place))
  return places.find((place) => existsSync(join(place, 'index.html')))
}
