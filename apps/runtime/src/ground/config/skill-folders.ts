import { readdir, readFile, realpath } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { Type } from 'typebox'
import { createCheck } from '../validation.ts'
import { ConfigError, type SkillDefinition } from './config.ts'
import { goodName } from './good-name.ts'
import { readMarkdown, toolNames } from './markdown-file.ts'

/** Folders within folders are followed so far. */
const deepest = 8

/** The public format of skills; what others have added to it is theirs. */
const checkFront = createCheck(
  Type.Object({
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
    description: Type.String({ minLength: 1, maxLength: 1024 }),
    license: Type.Optional(Type.String()),
    compatibility: Type.Optional(Type.String({ maxLength: 500 })),
    metadata: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    tools: Type.Optional(Type.Array(Type.String())),
  }),
)

/** Every folder below the root with a SKILL.md in it, by its path from there. */
export async function readSkillFolders(root: string): Promise<{ skills: SkillDefinition[]; warnings: string[] }> {
  const warnings: string[] = []
  const skills: SkillDefinition[] = []
  for (const file of await skillFiles(await rootOf(root), 0)) {
    skills.push(await readSkill(file, await realpath(root), warnings))
  }
  return { skills, warnings }
}

async function rootOf(root: string): Promise<string> {
  try {
    return await realpath(root)
  } catch {
    throw new ConfigError(`LOOMCYCLE_SKILLS_ROOT names ${root}, which does not exist; correct the path.`)
  }
}

/** What is below a skill's folder belongs to the skill. */
async function skillFiles(folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  if (entries.some(({ name }) => name === 'SKILL.md')) return [join(folder, 'SKILL.md')]
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
  if (depth === deepest) return []
  const below: string[] = []
  for (const { name } of folders.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    below.push(...(await skillFiles(join(folder, name), depth + 1)))
  }
  return below
}

async function readSkill(path: string, root: string, warnings: string[]): Promise<SkillDefinition> {
  const shown = relative(root, path)
  const name = relative(root, dirname(path)).split(sep).join('/')
  if (!goodName(name))
    throw new ConfigError(`${shown}: the folder ${JSON.stringify(name)} is not a good name for a skill.`)
  const { front, body } = readMarkdown(await readFile(path, 'utf8'), shown)
  if (!front) {
    throw new ConfigError(`${shown}:1: begins without name and description; put them between two lines of dashes.`)
  }
  const said = front.value as Record<string, unknown>
  const key = ['allowed-tools', 'allowed_tools', 'tools'].find((key) => said[key] != null)
  const tools = key && toolNames(said[key])
  const problem = checkFront({ ...said, tools: tools || undefined })
  if (problem)
    front.fail(problem.path[0] === 'tools' && key ? { ...problem, path: [key, ...problem.path.slice(1)] } : problem)
  if (said.name !== undefined && said.name !== name && said.name !== name.split('/').at(-1)) {
    warnings.push(`${shown} calls itself ${said.name}; agents know it by its folder, as ${name}.`)
  }
  const description = String(said.description)
  return {
    name,
    source: 'file',
    description,
    body,
    ...(tools ? { tools: tools as string[] } : {}),
    directory: dirname(path),
  }
}
