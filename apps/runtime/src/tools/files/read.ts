import type { Stats } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { object, optional } from '@loomcycle/proto'
import { Type } from 'typebox'
import { readUpTo, withOpenFile } from '../../ground/files/read-file.ts'
import { isBinary } from '../../ground/files/text.ts'
import { ToolError } from '../../ground/tool-error.ts'
import { plainTool } from '../plain-tool.ts'
import type { Tool } from '../tool.ts'
import { path, volume } from './input.ts'
import { readLines } from './lines.ts'
import type { VolumeAccess } from './volume-access.ts'

const mostReadBytes = 256 * 1024

export function readTool(volumes: VolumeAccess): Tool {
  return plainTool({
    name: 'Read',
    description:
      'Read a text file of a volume. Of a file longer than 256 KiB a part is shown, and what to ask with to read on.',
    input: object('ReadInput', {
      path,
      volume,
      offset: optional(Type.Integer({ minimum: 1, description: 'The first line to show; 1 unless given.' })),
      limit: optional(Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'So many lines at most.' })),
    }),
    sideEffects: 'filesystem',
    effect: 'reads',
    run: (input, { caller, signal }) =>
      volumes.inVolume(caller, input.volume, async ({ root }) => {
        const { path, offset, limit } = input
        return withOpenFile(root, path, async (handle, stats) => {
          const isAsked = offset !== undefined || limit !== undefined
          const whole = isAsked || stats.size > mostReadBytes ? undefined : await readUpTo(handle, mostReadBytes)
          if (whole !== undefined && whole.length <= mostReadBytes) {
            requireText(whole, path)
            return whole.toString('utf8')
          }
          return readPart({ handle, stats, path, first: offset ?? 1, most: limit ?? Number.POSITIVE_INFINITY, signal })
        })
      }),
  })
}

interface Part {
  handle: FileHandle
  stats: Stats
  path: string
  /** The first line. */
  first: number
  /** So many lines. */
  most: number
  signal: AbortSignal
}

async function readPart({ handle, stats, path, first, most, signal }: Part): Promise<string> {
  const head = Buffer.alloc(8192)
  const { bytesRead } = await handle.read(head, 0, head.length, 0)
  requireText(head.subarray(0, bytesRead), path)
  const lines = await readLines(handle, { first, most, mostBytes: mostReadBytes, signal })
  if (lines.shown === 0 && first > 1) throw new ToolError(`${path} has ${lines.count} lines, and none from ${first} on`)
  const last = first + lines.shown - 1
  const cut = lines.isLineCut ? ` Line ${last} is longer than can be shown and was cut.` : ''
  const more = lines.next === undefined ? '' : ` There is more: go on with offset ${lines.next}.`
  if (!cut && !more) return lines.text
  const end = lines.text.endsWith('\n') ? '' : '\n'
  return `${lines.text}${end}[lines ${first} to ${last} of a file of ${stats.size} bytes.${cut}${more}]`
}

function requireText(bytes: Buffer, path: string) {
  if (isBinary(bytes)) throw new ToolError(`${path} is no text: it has bytes that are zero`)
}
