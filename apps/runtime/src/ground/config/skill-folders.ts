import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { Type } from 'typebox'
import { createCheck } from '../validation.ts'
import { ConfigError, type SkillDefinition } from './config.ts'
import { goodName } from './good-name.ts'
import { readMarkdown, toolNames } from './markdown-file.ts'
import { readFileIn } from './read-named-file.ts'

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
  const top = await rootOf(root)
  for (const file of await skillFiles(top, [])) skills.push(await readSkill(file, top, warnings))
  return { skills, warnings }
}

async function rootOf(root: string): Promise<string> {
  try {
    return await realpath(root)
  } catch {
    throw new ConfigError(`LOOMCYCLE_SKILLS_ROOT names ${root}, which does not exist; correct the path.`)
  }
}

/** What is below a skill's folder belongs to the skill. `above`: the folders it is in, without links. */
async function skillFiles(folder: string, above: readonly string[]): Promise<string[]> {
  const real = await realpath(folder)
  const isRound = above.includes(real)
  if (isRound || above.length > deepest) return []
  const entries = await readdir(folder, { withFileTypes: true }).catch(({ code }: NodeJS.ErrnoException) => {
    throw new ConfigError(`LOOMCYCLE_SKILLS_ROOT: ${folder} cannot be read (${code}); mend it, or take it out.`)
  })
  if (entries.some(({ name }) => name === 'SKILL.md')) return [join(folder, 'SKILL.md')]
  const below: string[] = []
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const at = join(folder, entry.name)
    if (!entry.name.startsWith('.') && (await isFolder(entry, at)))
      below.push(...(await skillFiles(at, [...above, real])))
  }
  return below
}

/** People keep skills elsewhere and have links to them here. */
async function isFolder(entry: Dirent, at: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory()
  const target = await stat(at).catch(() => undefined)
  return target?.isDirectory() ?? false
}

async function readSkill(path: string, root: string, warnings: string[]): Promise<SkillDefinition> {
  const shown = relative(root, path)
  const name = relative(root, dirname(path)).split(sep).join('/')
  if (!goodName(name))
    throw new ConfigError(`${shown}: the folder ${JSON.stringify(name)} is not a good name for a skill.`)
  const { front, body } = readMarkdown(await readFileIn(root, shown, 'LOOMCYCLE_SKILLS_ROOT'), shown)
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
