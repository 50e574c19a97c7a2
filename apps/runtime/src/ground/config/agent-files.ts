import { type AgentFields, checkedAgentFile } from './config-file.ts'
import type { Env } from './env/env.ts'
import { goodAgentName, goodAgentNames } from './good-name.ts'
import { readMarkdown, toolNames } from './markdown-file.ts'
import { readMarkdownFiles } from './read-named-file.ts'
import type { YamlFile } from './yaml.ts'

/** Agents that are Markdown files: settings between lines of dashes, and below them the instructions. */
export async function readAgentFiles(
  root: string,
  env: Env,
): Promise<{ agents: Record<string, AgentFields>; warnings: string[] }> {
  const warnings: string[] = []
  const agents = new Map<string, AgentFields>()
  const fileOf = new Map<string, string>()
  for (const { file, text } of await readMarkdownFiles(root, 'LOOMCYCLE_AGENTS_ROOT')) {
    const { front, body } = readMarkdown(text, file, env)
    if (!front) {
      warnings.push(
        `${file} in LOOMCYCLE_AGENTS_ROOT begins without settings between lines of dashes, and is no agent.`,
      )
      continue
    }
    const { value } = front
    const isMap = value !== null && typeof value === 'object' && !Array.isArray(value)
    const {
      name: given,
      model,
      tools,
      allowed_tools = tools,
      ...rest
    } = (isMap ? value : {}) as Record<string, unknown>
    const name = nameIn(front, given ?? file.replace(/\.md$/, ''))
    const first = fileOf.get(name)
    if (first) front.fail({ path: ['name'], message: `is the name of ${first} as well; give one another` })
    fileOf.set(name, file)
    const { fields, later } = checkedAgentFile(front, {
      ...rest,
      // Elsewhere an agent says so that has no model of its own.
      ...(model === 'inherit' ? {} : { model }),
      tools: toolNames(allowed_tools),
    })
    if (later.length > 0)
      warnings.push(`${file} sets what is not supported yet and has no effect: ${later.join(', ')}.`)
    agents.set(name, { system_prompt: body, ...fields })
  }
  return { agents: Object.fromEntries(agents), warnings }
}

function nameIn(front: YamlFile, name: unknown): string {
  if (typeof name === 'string' && goodAgentName(name)) return name
  return front.fail({ path: ['name'], message: `is not a good name; ${goodAgentNames}` })
}
