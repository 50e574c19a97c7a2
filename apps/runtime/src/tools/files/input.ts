import { optional, Text } from '@loomcycle/proto'
import { ToolError } from '../../ground/tool-error.ts'
import type { OpenVolume } from './volume-access.ts'

export const volume = optional(Text('Which volume; the default one, or the only one there is, unless given.'))
export const path = Text('In the volume, e.g. src/main.ts; without a leading slash and without "..".')

export function requireWritable({ name, mode }: OpenVolume, tool: string) {
  if (mode === 'rw') return
  throw new ToolError(`the volume "${name}" may only be read by this agent, so ${tool} cannot change anything in it`)
}
