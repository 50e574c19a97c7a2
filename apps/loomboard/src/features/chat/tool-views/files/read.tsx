import type { ToolPart } from '../../model/types.ts'
import { FileText } from './file-text.tsx'

/** What a file says, and of how much of it. */
export function ReadView({ part }: { part: ToolPart }) {
  const { path } = (part.input ?? {}) as { path?: unknown }
  const [, text = '', note] =
    /^([\s\S]*?)(?:\n?\[(lines \d+ to \d+ of a file [^\n]*)\])?$/.exec(part.result ?? '') ?? []
  if (part.result === undefined) return null
  return (
    <>
      <FileText text={text} path={String(path ?? '')} />
      {note && <p className="text-faint text-xs">{`${note[0]!.toUpperCase()}${note.slice(1)}`}</p>}
    </>
  )
}
