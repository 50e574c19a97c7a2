import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError, type HelpTopic } from './config.ts'
import { readMarkdown } from './markdown-file.ts'

/** Topics of the operator’s own: Markdown files, each called like its topic. */
export async function readHelpFiles(root: string): Promise<HelpTopic[]> {
  const names = await readdir(root).catch(() => {
    throw new ConfigError(`LOOMCYCLE_HELP_ROOT names ${root}, which is no folder; correct the path.`)
  })
  const topics: HelpTopic[] = []
  for (const file of names.filter((name) => name.endsWith('.md')).sort()) {
    const { front, body } = readMarkdown(await readFile(join(root, file), 'utf8'), file)
    const { description = firstWords(body) } = (front?.value ?? {}) as { description?: unknown }
    topics.push({ name: file.replace(/\.md$/, ''), description: String(description), content: body })
  }
  return topics
}

/** Its heading, or else its first line. */
function firstWords(body: string): string {
  return (body.split('\n', 1)[0] ?? '').replace(/^#+\s*/, '')
}
