import type { FileHandle } from 'node:fs/promises'
import { textEnd } from '../../ground/files/text.ts'

export interface LineRange {
  /** From 1. */
  first: number
  most: number
  mostBytes: number
  signal: AbortSignal
}

export interface Lines {
  text: string
  shown: number
  /** The first line after them, where there is one. */
  next: number | undefined
  /** The only line that is shown did not fit. */
  isLineCut: boolean
  /** In the file, as far as it was read. */
  count: number
}

const newline = 10

/** Some lines of a file, which is read a piece at a time and only as far as they go. */
export async function readLines(handle: FileHandle, { first, most, mostBytes, signal }: LineRange): Promise<Lines> {
  const taken: Buffer[] = []
  let length = 0
  let shown = 0
  let line = 1
  /** Of the line that is being read. */
  let open: Buffer[] = []
  let openLength = 0
  const answer = (next: number | undefined, isLineCut = false): Lines => {
    const text = Buffer.concat(taken, length).toString('utf8')
    return { text, shown, next, isLineCut, count: line - (openLength === 0 ? 1 : 0) }
  }
  const take = () => {
    taken.push(...open)
    length += openLength
    shown++
  }
  const piece = Buffer.allocUnsafe(64 * 1024)
  for (let at = 0; ; ) {
    signal.throwIfAborted()
    const { bytesRead } = await handle.read(piece, 0, piece.length, at)
    if (bytesRead === 0) break
    at += bytesRead
    const read = piece.subarray(0, bytesRead)
    for (let from = 0; from < bytesRead; ) {
      if (shown === most) return answer(line)
      const end = read.indexOf(newline, from)
      const to = end < 0 ? bytesRead : end + 1
      if (line >= first) open.push(Buffer.from(read.subarray(from, to)))
      openLength += to - from
      from = to
      if (line >= first && length + openLength > mostBytes) {
        if (shown > 0) return answer(line)
        const cut = Buffer.concat(open).subarray(0, mostBytes)
        open = [cut.subarray(0, textEnd(cut))]
        openLength = open[0]!.length
        take()
        return answer(undefined, true)
      }
      if (end < 0) continue
      if (line >= first) take()
      line++
      open = []
      openLength = 0
    }
  }
  if (openLength > 0 && line >= first && shown < most) take()
  return answer(undefined)
}
