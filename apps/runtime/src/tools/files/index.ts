import type { Tool } from '../tool.ts'
import { editTool } from './edit.ts'
import { globTool } from './glob.ts'
import { grepTool } from './grep.ts'
import { notebookEditTool } from './notebook-edit.ts'
import { readTool } from './read.ts'
import type { Searches } from './search/searches.ts'
import type { VolumeAccess } from './volume-access.ts'
import { writeTool } from './write.ts'

export function fileTools(volumes: VolumeAccess, searches: Searches): Tool[] {
  return [
    readTool(volumes),
    writeTool(volumes),
    editTool(volumes),
    globTool(volumes, searches),
    grepTool(volumes, searches),
    notebookEditTool(volumes),
  ]
}
