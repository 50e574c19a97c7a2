import type { ComponentType } from 'react'
import type { ToolPart } from '../model/types.ts'
import { ContextView } from './context.tsx'
import { DocumentView } from './document.tsx'
import { MemoryView } from './memory.tsx'
import { PathView } from './path.tsx'

/** Tools with a body of their own; every other tool shows its input and result, and looks finished too. */
export const toolViews: Record<string, ComponentType<{ part: ToolPart }>> = {
  Context: ContextView,
  Document: DocumentView,
  Memory: MemoryView,
  Path: PathView,
}
