import type { SkillDefinition } from '../../../ground/config/config.ts'
import { openFolder } from '../../../ground/files/folder.ts'
import { holding } from '../../../ground/files/handles.ts'
import { listFolder } from '../../../ground/files/list-folder.ts'
import { readFile } from '../../../ground/files/read-file.ts'
import { isBinary } from '../../../ground/files/text.ts'
import type { Root } from '../../../ground/files/walk.ts'
import { ToolError } from '../../../ground/tool-error.ts'

const largestFile = 256 * 1024
const mostFiles = 200
const deepest = 5
/** The instructions themselves. */
const instructions = 'SKILL.md'

/** A text beside the instructions of a skill; nothing outside of its folder, wherever links in it lead. */
export async function readSkillFile({ name, directory }: SkillDefinition, path: string): Promise<string> {
  if (!directory) throw new ToolError(`the skill ${name} has no files; leave path out to read its instructions`)
  return inFolder(directory, async (root) => {
    const { bytes } = await readFile(root, path, largestFile)
    if (isBinary(bytes)) throw new ToolError(`${path} is no text: it has bytes that are zero`)
    return bytes.toString('utf8')
  })
}

/** Their paths, for the end of the instructions; empty where there are none. */
export async function listSkillFiles({ directory }: SkillDefinition): Promise<string> {
  if (!directory) return ''
  try {
    return inWords(await inFolder(directory, filesBelow))
  } catch (error) {
    // The instructions are of use without them.
    if (error instanceof ToolError) return `Its files cannot be had: ${error.message}.`
    throw error
  }
}

function inWords({ paths, isCut }: FilesOfSkill): string {
  if (paths.length === 0) return ''
  const more = isCut ? '\nThere are more.' : ''
  return `Files of this skill, to be read with its name and path:\n${paths.map((path) => `- ${path}`).join('\n')}${more}`
}

interface FilesOfSkill {
  paths: string[]
  isCut: boolean
}

async function filesBelow(root: Root): Promise<FilesOfSkill> {
  const paths: string[] = []
  const folders: string[][] = [[]]
  let isCut = false
  for (let folder = folders.shift(); folder; folder = folders.shift()) {
    const { entries } = await listFolder(root, folder.join('/') || '.', { limit: mostFiles + 1 })
    for (const { name, kind } of entries) {
      const path = [...folder, name]
      if (name.startsWith('.') || path.join('/') === instructions) continue
      if (kind === 'directory' && path.length < deepest) folders.push(path)
      else if (kind === 'directory' || (kind === 'file' && paths.length === mostFiles)) isCut = true
      else if (kind === 'file') paths.push(path.join('/'))
    }
    if (isCut && paths.length === mostFiles) break
  }
  return { paths, isCut }
}

function inFolder<T>(directory: string, work: (root: Root) => Promise<T>): Promise<T> {
  return holding(async (handles) => {
    const folder = await openFolder(directory).catch(() => {
      throw new ToolError('the folder of the skill cannot be opened')
    })
    return work({ folder: handles.hold(folder), path: directory })
  })
}
