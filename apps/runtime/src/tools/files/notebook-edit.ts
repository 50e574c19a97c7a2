import { isUtf8 } from 'node:buffer'
import { emptyCounts, object, oneOf, optional, Text } from '@loomcycle/proto'
import { replaceFile } from '../../ground/files/replace-file.ts'
import { ToolError } from '../../ground/tool-error.ts'
import { plainTool } from '../plain-tool.ts'
import type { Tool } from '../tool.ts'
import { path, requireWritable, volume } from './input.ts'
import { changeNotebook } from './notebook.ts'
import type { VolumeAccess } from './volume-access.ts'

const mostNotebookBytes = 8 * 1024 * 1024

export function notebookEditTool(volumes: VolumeAccess): Tool {
  return plainTool({
    name: 'NotebookEdit',
    description: 'Replace, insert or delete a cell of a Jupyter notebook (.ipynb) of a volume.',
    input: object('NotebookEditInput', {
      file_path: path,
      cell_id: optional(
        Text('Which cell, by its id or as cell-0, cell-1, …; with insert, the new one comes after it, or else first.'),
      ),
      cell_type: optional(oneOf(['code', 'markdown'], 'With insert, code unless given.')),
      source: optional(emptyCounts(Text('What the cell says.'))),
      mode: optional(oneOf(['replace', 'insert', 'delete'], 'replace unless given.')),
      volume,
    }),
    sideEffects: 'filesystem',
    effect: 'changes',
    run: (input, { caller }) =>
      volumes.inVolume(caller, input.volume, async (opened) => {
        requireWritable(opened, 'NotebookEdit')
        const { file_path: path, cell_id: cellId, cell_type: cellType, source, mode = 'replace' } = input
        if (!path.endsWith('.ipynb')) throw new ToolError(`${path} is no notebook: its name does not end in .ipynb`)
        let cells = 0
        const change = (before: Buffer | undefined) => {
          if (!before) throw new ToolError(`there is no notebook ${path}`)
          if (!isUtf8(before)) throw new ToolError(`${path} is no notebook: it is not UTF-8`)
          const changed = changeNotebook(before.toString('utf8'), { mode, cellId, cellType, source })
          cells = changed.cells
          return Buffer.from(changed.text)
        }
        await replaceFile(opened.root, path, change, { mostBytes: mostNotebookBytes })
        return `notebook ${mode}: ${path} (${cells} cells)`
      }),
  })
}
