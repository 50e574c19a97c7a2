import { File } from 'lucide-react'
import { cn } from '../../../../lib/cn.ts'
import { clip, plural } from '../../../../lib/format.ts'
import type { ToolPart } from '../../model/types.ts'
import { PathsView } from '../paths.tsx'
import { type FoundFile, foundIn } from './found-lines.ts'

/** More than anybody reads in a conversation; the raw view has it all. */
const mostFiles = 30
const mostLines = 200
const longestLine = 300

/** What was found, file by file, with the numbers of its lines. */
export function GrepView({ part }: { part: ToolPart }) {
  const { output_mode: mode } = (part.input ?? {}) as { output_mode?: unknown }
  const result = part.result ?? ''
  if (result === 'no matches') return <p className="text-faint text-sm">Nothing was found.</p>
  if (mode === 'count') return <Counts result={result} />
  if (mode !== 'content') return <PathsView part={part} />
  const { files, note } = foundIn(result)
  const shown = files.slice(0, mostFiles)
  return (
    <div className="flex flex-col gap-2 text-sm">
      {shown.map((file) => (
        <Found key={file.path} file={file} />
      ))}
      {files.length > mostFiles && (
        <p className="text-faint text-xs">And {plural(files.length - mostFiles, 'more file')}.</p>
      )}
      {note && <p className="text-faint text-xs">{note}</p>}
    </div>
  )
}

function Found({ file: { path, lines } }: { file: FoundFile }) {
  const left = lines.length - mostLines
  return (
    <section aria-label={path} className="overflow-hidden rounded-lg border bg-code">
      <p className="flex items-center gap-2 border-b px-3 py-1 font-mono text-xs">
        <File aria-hidden="true" className="size-3.5 shrink-0 text-faint" />
        <span className="min-w-0 break-words">{path}</span>
      </p>
      <ol className="py-1 font-mono text-[0.8125rem] leading-[1.55] [font-variant-ligatures:none]">
        {lines.slice(0, mostLines).map(({ number, text, isMatch }, i) => (
          <li key={i} className="flex gap-3 px-3">
            <span className="w-10 shrink-0 select-none text-right text-faint tabular-nums">{number}</span>
            <span className={cn('min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]', !isMatch && 'text-muted')}>
              {text.length > longestLine ? clip(text, longestLine) : text}
            </span>
          </li>
        ))}
      </ol>
      {left > 0 && <p className="border-t px-3 py-1 text-faint text-xs">And {plural(left, 'more line')}.</p>}
    </section>
  )
}

function Counts({ result }: { result: string }) {
  const rows = result.split('\n').flatMap((line): [string, string][] => {
    const at = line.lastIndexOf(':')
    return at > 0 ? [[line.slice(0, at), line.slice(at + 1)]] : []
  })
  return (
    <dl className="grid grid-cols-[1fr_max-content] gap-x-4 gap-y-0.5 font-mono text-xs">
      {rows.slice(0, mostLines).map(([path, count]) => (
        <div key={path} className="contents">
          <dt className="min-w-0 break-words">{path}</dt>
          <dd className="text-right text-muted tabular-nums">{count}</dd>
        </div>
      ))}
    </dl>
  )
}
