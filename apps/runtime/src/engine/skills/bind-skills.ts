import { cutText } from '@loomcycle/proto/wire'
import type { AgentDefinition } from '../../ground/config/config.ts'
import { matchesName } from '../../ground/config/name-patterns.ts'
import type { Statement } from '../../ground/db/statement.ts'
import { lists } from '../../tools/policy.ts'
import type { Skills, SkillVersion } from './skills.ts'
import { keepSkill } from './store.ts'

/** The skills of a run, as they were when it began. */
export interface RunSkills {
  /** `listed`: it is told that there are these, and reads them with the tool Skill; `told`: without that tool, what they say. */
  as: 'listed' | 'told'
  list: RunSkill[]
}

export interface RunSkill {
  name: string
  id: string
  description?: string
  /** Tools that it asks for and the run has not. */
  lacks?: string[]
}

interface Asked {
  tenantId: string
  agent: AgentDefinition
  narrowedTo?: readonly string[] | undefined
  now: number
}

interface Bound {
  /** Undefined where it has none. */
  bound: RunSkills | undefined
  /** As `aboutSkills` says it. */
  about: string
  /** Keep what they say. */
  statements: Statement[]
}

export async function bindSkills(skills: Skills, { tenantId, agent, narrowedTo, now }: Asked): Promise<Bound> {
  const patterns = agent.skills ?? []
  if (patterns.length === 0) return { bound: undefined, about: '', statements: [] }
  const names = patterns.some((pattern) => pattern.endsWith('*'))
    ? (await skills.names(tenantId)).filter((name) => matchesName(patterns, name))
    : [...new Set(patterns)]
  const versions: SkillVersion[] = []
  for (const name of names) {
    const version = await skills.find(tenantId, name)
    if (version) versions.push(version)
  }
  const mayRead = lists(agent, 'Skill') && (narrowedTo === undefined || matchesName(narrowedTo, 'Skill'))
  const list = versions.map((version) => toRunSkill(version, agent, narrowedTo))
  const bound: RunSkills | undefined = list.length > 0 ? { as: mayRead ? 'listed' : 'told', list } : undefined
  const bodies = new Map(versions.map(({ id, skill }) => [id, skill.body]))
  return {
    bound,
    about: await inWords(bound, async (id) => bodies.get(id)),
    statements: versions.flatMap(({ id, skill, isRow }) => (isRow ? [] : [keepSkill(tenantId, id, skill, now)])),
  }
}

/** In a list that stands in every request. */
const longestDescription = 300

function toRunSkill(
  { id, skill: { name, description = '', tools = [] } }: SkillVersion,
  agent: AgentDefinition,
  narrowedTo: readonly string[] | undefined,
): RunSkill {
  const has = (tool: string) =>
    matchesName(agent.tools, tool) && (narrowedTo === undefined || matchesName(narrowedTo, tool))
  const lacks = tools.filter((tool) => !has(tool) && !(tool === 'Context' && !agent.disableContext))
  const short = cutText(description.replace(/\s+/g, ' ').trim(), longestDescription)
  return { name, id, ...(short ? { description: short } : {}), ...(lacks.length > 0 ? { lacks } : {}) }
}

/** What stands in the instructions of a run about its skills. */
export function aboutSkills(skills: Skills, tenantId: string, bound: RunSkills | undefined): Promise<string> {
  return inWords(bound, async (id) => (await skills.findKept(tenantId, id))?.body)
}

async function inWords(
  bound: RunSkills | undefined,
  bodyOf: (id: string) => Promise<string | undefined>,
): Promise<string> {
  const usable = bound?.list.filter(({ lacks }) => !lacks) ?? []
  if (!bound || usable.length === 0) return ''
  if (bound.as === 'listed') {
    const lines = usable.map(({ name, description }) => `- ${name}${description ? `: ${description}` : ''}`)
    return `You have skills: instructions for tasks of a certain kind. When a task is of that kind, read the skill with the tool Skill before you begin, and do as it says.\n${lines.join('\n')}`
  }
  const bodies: string[] = []
  for (const { id } of usable) {
    const body = await bodyOf(id)
    if (body !== undefined) bodies.push(body)
  }
  return bodies.join('\n\n---\n\n')
}
