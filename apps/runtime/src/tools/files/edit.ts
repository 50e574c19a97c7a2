import { Bool, object, optional, Text } from '@loomcycle/proto'
import { FileRefusal } from '../../ground/files/refusal.ts'
import { replaceFile } from '../../ground/files/replace-file.ts'
import { plainTool } from '../plain-tool.ts'
import type { Tool } from '../tool.ts'
import { path, requireWritable, volume } from './input.ts'
import { replaceText } from './replace-text.ts'
import type { VolumeAccess } from './volume-access.ts'
import { mostWriteBytes } from './write.ts'

export function editTool(volumes: VolumeAccess): Tool {
  return plainTool({
    name: 'Edit',
    description:
      'Replace a text in a file of a volume by another one. It has to be there exactly as given, and once, unless all of its places are meant.',
    input: object('EditInput', {
      path,
      old_string: Text('What is there, with its spaces and line breaks.'),
      new_string: Text('What is to be there; empty to take it away.'),
      replace_all: optional(Bool('Replace it wherever it is.')),
      volume,
    }),
    sideEffects: 'filesystem',
    effect: 'changes',
    run: (input, { caller }) =>
      volumes.inVolume(caller, input.volume, async (opened) => {
        requireWritable(opened, 'Edit')
        const { path, old_string: from, new_string: to, replace_all: all = false } = input
        let count = 0
        const change = (before: Buffer | undefined) => {
          if (!before) throw new FileRefusal('missing', `there is no file ${path}; Write makes a new one`)
          const { bytes, replaced } = replaceText(before, { from, to, all }, path)
          count = replaced
          return bytes
        }
        await replaceFile(opened.root, path, change, { mostBytes: mostWriteBytes })
        return `edited ${path} (${count} replacement${count === 1 ? '' : 's'})`
      }),
  })
}
