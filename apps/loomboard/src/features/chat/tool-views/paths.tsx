import { File } from 'lucide-react'
import { plural } from '../../../lib/format.ts'
import type { ToolPart } from '../model/types.ts'

const mostPaths = 100

/** A line each, names before the folders they are in. */
export function PathsView({ part }: { part: ToolPart }) {
  const paths = (part.result ?? '').split('\n').filter((line) => line.trim() !== '')
  const left = paths.length - mostPaths
  if (paths.length === 0 || part.result === 'no matches')
    return <p className="text-faint text-sm">Nothing was found.</p>
  return (
    <div className="text-sm">
      <ul aria-label={plural(paths.length, 'path')} className="flex flex-col gap-0.5">
        {paths.slice(0, mostPaths).map((path, i) => (
          <li key={i} className="flex min-w-0 items-center gap-2">
            <File aria-hidden="true" className="size-3.5 shrink-0 text-faint" />
            <span className="min-w-0 break-words font-mono text-xs">{path}</span>
          </li>
        ))}
      </ul>
      {left > 0 && <p className="mt-1 text-faint text-xs">And {left} more.</p>}
    </div>
  )
}
