import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError } from './config.ts'

/** `refuse` is told what is wrong, as the end of a sentence. */
export async function readNamedFile(path: string, refuse: (problem: string) => never): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`
    return refuse(`names ${path}, which ${why}; correct the path`)
  }
}

/** For what a setting of the environment names, or several files together. */
export function refusedAs(setting: string): (problem: string) => never {
  return (problem) => {
    throw new ConfigError(`${setting} ${problem}.`)
  }
}

export interface MarkdownIn {
  /** Its name, with its ending. */
  file: string
  text: string
}

/** The Markdown files in a folder, by name. Hidden ones are what editors and systems leave beside them. */
export async function readMarkdownFiles(root: string, saidBy: string): Promise<MarkdownIn[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => {
    throw new ConfigError(`${saidBy} names ${root}, which is no folder; correct the path.`)
  })
  const files = entries
    .filter((entry) => entry.name.endsWith('.md') && !entry.name.startsWith('.') && !entry.isDirectory())
    .map(({ name }) => name)
    .sort()
  const read: MarkdownIn[] = []
  for (const file of files) read.push({ file, text: await readFileIn(root, file, saidBy) })
  return read
}

/** A file of a folder that a setting names. */
export async function readFileIn(root: string, file: string, settingOfRoot: string): Promise<string> {
  try {
    return await readFile(join(root, file), 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'is a link to nothing' : `cannot be read (${code})`
    throw new ConfigError(`${file} in ${settingOfRoot} ${why}; mend it, or take it out.`)
  }
}
