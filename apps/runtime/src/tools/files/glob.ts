import { object, optional, Text } from '@loomcycle/proto'
import { Type } from 'typebox'
import { ToolError } from '../../ground/tool-error.ts'
import { plainTool } from '../plain-tool.ts'
import type { Tool } from '../tool.ts'
import { volume } from './input.ts'
import type { Searches } from './search/searches.ts'
import { inPlace } from './search-where.ts'
import type { VolumeAccess } from './volume-access.ts'

export function globTool(volumes: VolumeAccess, searches: Searches): Tool {
  return plainTool({
    name: 'Glob',
    description:
      'Find files of a volume by their names, newest first, at most 100. `*` and `?` stand for letters of a name, `**` for any folders, e.g. src/**/*.{ts,tsx}.',
    input: object('GlobInput', {
      pattern: Type.String({ minLength: 1, description: 'Of the whole path, from `path` on.' }),
      path: optional(Text('The folder to look in; all of the volume unless given.')),
      volume,
    }),
    sideEffects: 'filesystem',
    effect: 'reads',
    run: ({ pattern, path = '.', volume }, { caller, signal }) =>
      volumes.inVolume(caller, volume, ({ root }) =>
        inPlace(root, path, (where) => {
          if (where.isFile) throw new ToolError(`${path} is a file, not a folder`)
          return searches.run({ kind: 'glob', where, pattern }, signal)
        }),
      ),
  })
}
