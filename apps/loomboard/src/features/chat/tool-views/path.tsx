import { FileText, Folder } from 'lucide-react'
import { DocumentLink } from '../../../components/documents/document-link.tsx'
import type { ToolPart } from '../model/types.ts'
import { Answer } from './answer.tsx'
import { parseJson } from './facts.tsx'

interface Entry {
  full_path: string
  kind: string
}

const shown = 50

/** What is where, each with the way to it. */
export function PathView({ part }: { part: ToolPart }) {
  const input = (part.input ?? {}) as { scope?: string }
  const result = parseJson(part.result) as { entries?: Entry[]; full_path?: string; kind?: string } | undefined
  const entries = result?.entries ?? (result?.full_path ? [result as Entry] : undefined)
  // The pages are of this person's tree; an agent has one of its own.
  if (!entries || input.scope !== 'user') return <Answer part={part} />
  if (entries.length === 0) return <p className="text-faint text-sm">There is nothing.</p>
  return (
    <ul className="flex flex-col gap-0.5 text-sm">
      {entries.slice(0, shown).map(({ full_path, kind }) => {
        const Icon = kind === 'directory' ? Folder : FileText
        return (
          <li key={full_path} className="flex items-center gap-2">
            <Icon aria-hidden="true" className="size-3.5 shrink-0 text-faint" />
            <DocumentLink to={{ path: full_path }} className="min-w-0 truncate font-mono text-accent-text text-xs">
              {full_path}
            </DocumentLink>
          </li>
        )
      })}
      {entries.length > shown && <li className="text-faint text-xs">and {entries.length - shown} more</li>}
    </ul>
  )
}
