import type { ComponentType } from 'react'
import type { ToolPart } from '../model/types.ts'
import { ChunkView } from './chunk.tsx'
import { ContextView } from './context.tsx'
import { DocumentView } from './document.tsx'
import { EditView } from './edit.tsx'
import { MemoryView } from './memory.tsx'
import { PathView } from './path.tsx'
import { PathsView } from './paths.tsx'
import { PictureView } from './picture.tsx'
import { TableView } from './table.tsx'
import { type ToolViewKind, toolViewKind } from './tool-view-kind.ts'

export type ToolView = ComponentType<{ part: ToolPart }>

const views: Record<ToolViewKind, ToolView> = {
  chunk: ChunkView,
  context: ContextView,
  document: DocumentView,
  edit: EditView,
  memory: MemoryView,
  path: PathView,
  paths: PathsView,
  picture: PictureView,
  table: TableView,
}

export function toolViewOf(part: ToolPart): ToolView | undefined {
  const kind = toolViewKind(part)
  return kind && views[kind]
}
