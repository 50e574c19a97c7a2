import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isCodeAgent } from './code-agents.ts'
import { type AgentDefinition, ConfigError } from './config.ts'

/** As long as that of an agent that is defined at run time. */
const MAX_CODE_BYTES = 256 * 1024

/** Gives agents that are code, and do not say it themselves, what stands in the folder of their name. */
export async function readCode(agents: Record<string, AgentDefinition>, root: string): Promise<void> {
  for (const agent of Object.values(agents)) {
    if (isCodeAgent(agent)) agent.code ??= await read(agent, root)
  }
}

async function read({ name, model = name }: AgentDefinition, root: string): Promise<string> {
  if (!/^[\w-][\w.-]*$/.test(model)) {
    throw new ConfigError(`agents.${name} has no code, and ${JSON.stringify(model)} names no folder; give it code.`)
  }
  const file = join(root, model, 'index.js')
  try {
    const { size } = await stat(file)
    if (size <= MAX_CODE_BYTES) return await readFile(file, 'utf8')
  } catch {
    throw new ConfigError(`agents.${name} has no code, and there is no ${file} to read; write one of them.`)
  }
  throw new ConfigError(`agents.${name}: ${file} is longer than ${MAX_CODE_BYTES} bytes; make it shorter.`)
}
