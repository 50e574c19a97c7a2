import { plural } from '../../../lib/format.ts'
import { joined } from '../../../lib/joined.ts'

export interface Grant {
  /** What it is about: Tools, Memory, … */
  about: string
  words: string
  /** Names that belong to it, in the order in which they were given. */
  names?: readonly string[]
}

type Definition = Readonly<Record<string, unknown>>

const list = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
const members = (value: unknown): Definition =>
  value && typeof value === 'object' && !Array.isArray(value) ? (value as Definition) : {}

const whose: Record<string, string> = {
  agent: 'its own',
  self: 'its own',
  run: 'that of the run, which goes with it',
  user: 'that of the person it works for',
  tenant: 'that of everybody here',
}
const scopes = (value: unknown) => joined(list(value).map((scope) => whose[scope] ?? scope))

const judged: Record<string, string> = {
  submit_self: 'judge its own runs',
  submit_siblings: 'judge runs beside it',
  submit_descendants: 'judge runs it started',
  submit_any: 'judge any run',
  read_any: 'read all evaluations',
}

const defined = [
  ['agent_def_scopes', 'agents'],
  ['skill_def_scopes', 'skills'],
  ['team_def_scopes', 'teams'],
  ['volume_def_scopes', 'volumes'],
] as const

/** What an agent may do, in words; what it may not do is left out, for that is everything else. */
export function grantsOf(agent: Definition): Grant[] {
  const grants: Grant[] = []
  const add = (about: string, words: string, names?: readonly string[]) =>
    grants.push({ about, words, ...(names ? { names } : {}) })
  const tools = list(agent.tools ?? agent.allowed_tools)
  const hasAll = tools.includes('*')
  const without = agent.disable_context === true ? ', and not even Context' : ''

  if (hasAll) add('Tools', `Every tool there is${without}.`)
  else if (tools.length > 0) add('Tools', `${plural(tools.length, 'tool')}${without}:`, tools)
  else add('Tools', without ? 'None, and not even Context.' : 'None but Context, by which it finds its way around.')

  const skills = list(agent.skills)
  if (skills.length > 0) add('Skills', 'It may read, when it needs them:', skills)

  const memory = scopes(agent.memory_scopes)
  if (memory) add('Memory', `It reads and writes ${memory}.`)
  const sql = scopes(agent.sql_scopes)
  if (sql) add('SQLite', `It may use a database: ${sql}.`)
  const history = scopes(agent.history_scope)
  if (history) add('Conversations', `It may look into ${history}.`)

  const volumes = list(agent.volumes)
  if (volumes.length > 0) add('Files', 'It may reach what is in:', volumes.map(volumeWords))

  const { publish, subscribe } = members(agent.channels)
  if (list(publish).length > 0) add('Channels', 'It writes to:', list(publish))
  if (list(subscribe).length > 0) add('Channels', 'It reads:', list(subscribe))

  const { enabled, max_pending } = members(agent.interruption)
  if (enabled === true) {
    const most = typeof max_pending === 'number' ? `, with at most ${plural(max_pending, 'question')} open` : ''
    add('People', `It may ask people${most}.`)
  }

  const evaluations = list(agent.evaluation_scopes)
  if (evaluations.length > 0)
    add('Evaluations', `It may ${joined(evaluations.map((scope) => judged[scope] ?? scope))}.`)

  for (const [key, kind] of defined) {
    const given = list(agent[key])
    if (given.length > 0) add('Definitions', `It may define ${kind}: ${joined(given.map(definedWords))}.`)
  }
  return grants
}

function volumeWords(volume: string): string {
  return volume.endsWith(':ro') ? `${volume.slice(0, -3)} (to read only)` : volume
}

function definedWords(scope: string): string {
  if (scope.startsWith('named:')) return scope.slice('named:'.length)
  return { any: 'any', self: 'versions of itself', descendants: 'what comes of it' }[scope] ?? scope
}

/** Which model it runs on, and how that is chosen. */
export function modelWords(agent: Definition): string {
  if (agent.provider === 'code-js') return 'It is code, and no model is behind it.'
  const { provider, model, tier, providers, effort } = agent
  const named = typeof model === 'string' && model !== ''
  const service = typeof provider === 'string' && provider !== '' ? provider : undefined
  const which = named
    ? `${model}${service ? ` of ${service}` : ', of the runtime’s usual service'}`
    : service
      ? `the usual model of ${service}`
      : typeof tier === 'string'
        ? `what is configured for the tier ${tier}`
        : 'whatever the runtime uses where nobody chooses'
  const only = Array.isArray(providers) && providers.length > 0 ? `, on ${providers.join(' or ')} alone` : ''
  const thinks = typeof effort === 'string' ? `, with ${effort} effort` : ''
  const sampling = Object.entries(members(agent.sampling)).map(
    ([name, value]) => `${name.replaceAll('_', ' ')} ${value}`,
  )
  return `It runs on ${which}${only}${thinks}${sampling.length > 0 ? `; ${sampling.join(', ')}` : ''}.`
}

/** The same for a line of a list. */
export function modelLine({ provider, model, tier }: Definition): string {
  const said = [provider, model].filter((word) => typeof word === 'string' && word !== '')
  return said.join(' · ') || (typeof tier === 'string' ? `Tier ${tier}` : 'Usual model')
}
