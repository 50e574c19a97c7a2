import type { ToolPart } from '../../model/types.ts'
import { FileText } from './file-text.tsx'

/** What a file says now. */
export function WriteView({ part }: { part: ToolPart }) {
  const { path, content } = (part.input ?? {}) as { path?: unknown; content?: unknown }
  if (typeof content !== 'string') return null
  return (
    <>
      <FileText text={content} path={String(path ?? '')} />
      {part.result && <p className="text-faint text-xs first-letter:uppercase">{part.result.slice(0, 300)}</p>}
    </>
  )
}
