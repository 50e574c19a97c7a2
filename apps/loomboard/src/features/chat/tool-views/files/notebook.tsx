import type { ToolPart } from '../../model/types.ts'
import { FileText } from './file-text.tsx'

const words: Record<string, string> = { replace: 'Now says', insert: 'New cell', delete: 'Taken out' }

interface NotebookInput {
  cell_id?: unknown
  cell_type?: unknown
  source?: unknown
  mode?: unknown
}

/** A cell of a notebook, as it is now. */
export function NotebookView({ part }: { part: ToolPart }) {
  const { cell_id, cell_type, source, mode = 'replace' } = (part.input ?? {}) as NotebookInput
  return (
    <>
      <p className="text-muted text-sm">
        {words[String(mode)] ?? String(mode)}
        {typeof cell_id === 'string' && cell_id !== '' && `, ${mode === 'insert' ? 'after' : 'cell'} ${cell_id}`}
      </p>
      {typeof source === 'string' && mode !== 'delete' && (
        <FileText text={source} path={cell_type === 'markdown' ? 'cell.md' : 'cell.py'} />
      )}
      {part.result && <p className="text-faint text-xs first-letter:uppercase">{part.result.slice(0, 300)}</p>}
    </>
  )
}
