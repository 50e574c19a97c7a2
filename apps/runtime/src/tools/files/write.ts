import { object, Text } from '@loomcycle/proto'
import { readFile } from '../../ground/files/read-file.ts'
import { replaceFile } from '../../ground/files/replace-file.ts'
import { plainTool } from '../plain-tool.ts'
import type { Tool } from '../tool.ts'
import { path, requireWritable, volume } from './input.ts'
import type { VolumeAccess } from './volume-access.ts'

export const mostWriteBytes = 1024 * 1024

export function writeTool(volumes: VolumeAccess): Tool {
  return plainTool({
    name: 'Write',
    description:
      'Write a file of a volume, in place of what was there; folders on the way are made. At most 1 MiB. To change a part of a file, use Edit.',
    input: object('WriteInput', { path, content: Text('All of it.'), volume }),
    sideEffects: 'filesystem',
    effect: 'changes',
    // Whoever wrote it: it says what was to be written, and was not changed since.
    cameTo: ({ path, content, volume }, { caller }) =>
      volumes.inVolume(caller, volume, async ({ root }) => {
        const { bytes } = await readFile(root, path, mostWriteBytes)
        return bytes.equals(Buffer.from(content)) ? wrote(bytes.length, path) : undefined
      }),
    run: ({ path, content, volume }, { caller }) =>
      volumes.inVolume(caller, volume, async (opened) => {
        requireWritable(opened, 'Write')
        const bytes = Buffer.from(content)
        const written = await replaceFile(opened.root, path, () => bytes, { mostBytes: mostWriteBytes, isWhole: true })
        return wrote(written, path)
      }),
  })
}

function wrote(bytes: number, path: string): string {
  return `wrote ${bytes} bytes to ${path}`
}
