import type { HelpTopic } from './config.ts'
import { readMarkdown } from './markdown-file.ts'
import { readMarkdownFiles } from './read-named-file.ts'

/** Topics of the operator’s own: Markdown files, each called like its topic. */
export async function readHelpFiles(root: string): Promise<HelpTopic[]> {
  const topics: HelpTopic[] = []
  for (const { file, text } of await readMarkdownFiles(root, 'LOOMCYCLE_HELP_ROOT')) {
    const { front, body } = readMarkdown(text, file)
    const { description = firstWords(body) } = (front?.value ?? {}) as { description?: unknown }
    topics.push({ name: file.replace(/\.md$/, ''), description: String(description), content: body })
  }
  return topics
}

/** Its heading, or else its first line. */
function firstWords(body: string): string {
  return (body.split('\n', 1)[0] ?? '').replace(/^#+\s*/, '')
}
