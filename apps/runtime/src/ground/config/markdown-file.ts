import type { Env } from './env/env.ts'
import { readYaml, type YamlFile } from './yaml.ts'

export interface MarkdownFile {
  /** What stands between the lines of dashes at its beginning; absent where there are none. */
  front?: YamlFile
  body: string
}

/** `name` stands in every error, with the line of the whole file. */
export function readMarkdown(text: string, name: string, env?: Env): MarkdownFile {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const end = lines[0]?.trimEnd() === '---' ? lines.findIndex((line, i) => i > 0 && line.trimEnd() === '---') : -1
  if (end < 0) return { body: lines.join('\n').trim() }
  // The first line is left empty and not away, so that lines count as in the file.
  const front = ['', ...lines.slice(1, end)].join('\n')
  return {
    front: readYaml(front, name, env),
    body: lines
      .slice(end + 1)
      .join('\n')
      .trim(),
  }
}

/** Names with commas or spaces between them, or a list; what a name has in brackets is no part of it. */
export function toolNames(given: unknown): unknown {
  const list = typeof given === 'string' ? (given.match(/[^\s,()]+(?:\([^()]*\))?/g) ?? []) : given
  return Array.isArray(list) ? list.map((one) => (typeof one === 'string' ? one.split('(', 1)[0] : one)) : list
}
