import type { ToolPart } from '../model/types.ts'
import { isChunk } from './chunk.tsx'
import { isEdit } from './edit.tsx'
import { parseJson } from './facts.tsx'
import { isPicture } from './picture.tsx'
import { isTable } from './table.tsx'

const byName = {
  AgentDef: 'definition',
  Bash: 'terminal',
  Bashbox: 'terminal',
  Context: 'context',
  Glob: 'paths',
  Grep: 'grep',
  Memory: 'memory',
  NotebookEdit: 'notebook',
  Path: 'path',
  Read: 'read',
  Skill: 'skill',
  SkillDef: 'definition',
  VolumeDef: 'volume',
  Write: 'write',
} as const

export type ToolViewKind = (typeof byName)[keyof typeof byName] | 'edit' | 'table' | 'picture' | 'document' | 'chunk'

/**
 * The body a call has of its own: by its tool, or by the shape of what it says or got, whatever the tool is called.
 * Every other one shows its input and result, and looks finished too.
 */
export function toolViewKind({ name, input, result, state }: ToolPart): ToolViewKind | undefined {
  // What went wrong is said in words, but for a command, which says it in its own.
  if (state === 'failed') return isNamed(name) && byName[name] === 'terminal' ? 'terminal' : undefined
  if (isNamed(name)) return byName[name]
  if (isEdit(input)) return 'edit'
  const answer = result?.startsWith('{') ? parseJson(result) : undefined
  if (isTable(answer)) return 'table'
  if (isPicture(answer)) return 'picture'
  if (name === 'Document') return 'document'
  return isChunk(answer) ? 'chunk' : undefined
}

function isNamed(name: string): name is keyof typeof byName {
  return Object.hasOwn(byName, name)
}
