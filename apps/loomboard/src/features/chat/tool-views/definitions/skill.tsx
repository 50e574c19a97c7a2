import { Link } from '@tanstack/react-router'
import { BookOpen } from 'lucide-react'
import { useState } from 'react'
import { Markdown } from '../../../../components/markdown/markdown.tsx'
import { clip } from '../../../../lib/format.ts'
import type { ToolPart } from '../../model/types.ts'
import { parseJson } from '../facts.tsx'

const shownChars = 600

/** Instructions that an agent has read. */
export function SkillView({ part }: { part: ToolPart }) {
  const { name } = (part.input ?? {}) as { name?: unknown }
  const [all, setAll] = useState(false)
  const text = bodyOf(part.result)
  if (text === undefined) return null
  const isLong = text.length > shownChars
  return (
    <div className="rounded-lg border bg-surface px-3.5 py-3">
      {typeof name === 'string' && (
        <p className="mb-2 flex items-center gap-2 text-sm">
          <BookOpen aria-hidden="true" className="size-4 shrink-0 text-faint" />
          <Link
            to="/skills/$"
            params={{ _splat: name }}
            className="min-w-0 truncate text-accent-text underline-offset-2 hover:underline"
          >
            {name}
          </Link>
        </p>
      )}
      {isLong && !all ? (
        <p className="text-muted text-sm">{clip(text, shownChars)}</p>
      ) : (
        <Markdown text={text} className="text-sm" />
      )}
      {isLong && (
        <button
          type="button"
          aria-expanded={all}
          onClick={() => setAll(!all)}
          className="-ml-1.5 mt-1 rounded-md px-1.5 py-0.5 text-muted text-xs hover:bg-hover hover:text-text coarse:py-2.5"
        >
          {all ? 'Show less' : 'Show all of it'}
        </button>
      )}
    </div>
  )
}

/** A skill is answered as its text, or as an object that has it. */
function bodyOf(result: string | undefined): string | undefined {
  const { body } = (parseJson(result) ?? {}) as { body?: unknown }
  return typeof body === 'string' ? body : result
}
