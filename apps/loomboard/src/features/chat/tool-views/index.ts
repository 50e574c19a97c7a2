import type { ComponentType } from 'react'
import type { ToolPart } from '../model/types.ts'
import { ChunkView, isChunk } from './chunk.tsx'
import { ContextView } from './context.tsx'
import { EditView, isEdit } from './edit.tsx'
import { parseJson } from './facts.tsx'
import { MemoryView } from './memory.tsx'
import { PathsView } from './paths.tsx'
import { isPicture, PictureView } from './picture.tsx'
import { isTable, TableView } from './table.tsx'

export type ToolView = ComponentType<{ part: ToolPart }>

const byName: Record<string, ToolView> = { Context: ContextView, Glob: PathsView, Memory: MemoryView }

/**
 * The body a call has of its own: by its tool, or by the shape of what it says or got, whatever the tool is called.
 * Every other one shows its input and result, and looks finished too.
 */
export function toolViewOf(part: ToolPart): ToolView | undefined {
  const own = Object.hasOwn(byName, part.name) ? byName[part.name] : undefined
  if (own || isEdit(part.input)) return own ?? EditView
  if (part.result === undefined || !part.result.startsWith('{')) return undefined
  const result = parseJson(part.result)
  if (isTable(result)) return TableView
  if (isPicture(result)) return PictureView
  return isChunk(result) ? ChunkView : undefined
}
