import type { ComponentType } from 'react'
import type { ToolPart } from '../model/types.ts'
import { ChunkView } from './chunk.tsx'
import { ContextView } from './context.tsx'
import { DefinitionView } from './definitions/definition.tsx'
import { SkillView } from './definitions/skill.tsx'
import { VolumeView } from './definitions/volume.tsx'
import { DocumentView } from './document.tsx'
import { EditView } from './edit.tsx'
import { GrepView } from './files/grep.tsx'
import { NotebookView } from './files/notebook.tsx'
import { ReadView } from './files/read.tsx'
import { WriteView } from './files/write.tsx'
import { MemoryView } from './memory.tsx'
import { PathView } from './path.tsx'
import { PathsView } from './paths.tsx'
import { PictureView } from './picture.tsx'
import { TerminalView } from './shell/terminal.tsx'
import { TableView } from './table.tsx'
import { type ToolViewKind, toolViewKind } from './tool-view-kind.ts'

export type ToolView = ComponentType<{ part: ToolPart }>

const views: Record<ToolViewKind, ToolView> = {
  chunk: ChunkView,
  context: ContextView,
  definition: DefinitionView,
  document: DocumentView,
  edit: EditView,
  grep: GrepView,
  memory: MemoryView,
  notebook: NotebookView,
  path: PathView,
  paths: PathsView,
  picture: PictureView,
  read: ReadView,
  skill: SkillView,
  table: TableView,
  terminal: TerminalView,
  volume: VolumeView,
  write: WriteView,
}

export function toolViewOf(part: ToolPart): ToolView | undefined {
  const kind = toolViewKind(part)
  return kind && views[kind]
}
