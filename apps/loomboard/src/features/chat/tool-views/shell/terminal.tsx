import { useMemo, useState } from 'react'
import { Badge } from '../../../../components/ui/badge.tsx'
import { cn } from '../../../../lib/cn.ts'
import type { ToolPart } from '../../model/types.ts'
import { type Piece, terminalLines } from './ansi.ts'

/** More than anybody reads in a conversation; the raw view has it all. */
const mostChars = 200_000
const foldedLines = 24

/** A command and what it wrote, as a terminal shows it; how it ended where that was not well. */
export function TerminalView({ part }: { part: ToolPart }) {
  const { command, volume } = (part.input ?? {}) as { command?: unknown; volume?: unknown }
  const { output, notes } = useMemo(() => readOutput(part.result ?? ''), [part.result])
  const lines = useMemo(() => terminalLines(output.slice(0, mostChars)), [output])
  const [all, setAll] = useState(false)
  const isLong = lines.length > foldedLines + 4
  // What a command says last is what it came to.
  const shown = isLong && !all ? lines.slice(-foldedLines) : lines
  return (
    <div className="overflow-hidden rounded-lg border bg-code font-mono text-[0.8125rem] leading-[1.55]">
      <p className="flex gap-2 whitespace-pre-wrap border-b px-3 py-1.5 [overflow-wrap:anywhere]">
        <span aria-hidden="true" className="select-none text-faint">
          $
        </span>
        <span className="min-w-0 flex-1">{typeof command === 'string' ? command.slice(0, 4000) : ''}</span>
        {typeof volume === 'string' && volume !== '' && (
          <span className="shrink-0 font-sans text-faint text-xs">in {volume}</span>
        )}
      </p>
      {isLong && (
        <button
          type="button"
          aria-expanded={all}
          onClick={() => setAll(!all)}
          className="block w-full border-b px-3 py-1 text-left font-sans text-muted text-xs hover:bg-hover hover:text-text coarse:py-2.5"
        >
          {all ? 'Show only the end' : `Show all ${lines.length} lines`}
        </button>
      )}
      {output !== '' ? (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          className="max-h-96 overflow-auto whitespace-pre-wrap px-3 py-2 -outline-offset-2 [overflow-wrap:anywhere]"
        >
          {shown.map((pieces, i) => (
            <Line key={i} pieces={pieces} />
          ))}
        </pre>
      ) : (
        <p className="px-3 py-2 font-sans text-faint text-sm">
          {part.state === 'running' ? 'It has written nothing yet.' : 'It wrote nothing.'}
        </p>
      )}
      {(notes.length > 0 || output.length > mostChars) && (
        <p className="flex flex-wrap gap-1.5 border-t px-3 py-1.5">
          {notes.map(({ words, isFailure }) => (
            <Badge key={words} tone={isFailure ? 'danger' : 'warn'}>
              {words}
            </Badge>
          ))}
          {output.length > mostChars && <Badge tone="warn">The rest is in the raw view</Badge>}
        </p>
      )}
    </div>
  )
}

function Line({ pieces }: { pieces: readonly Piece[] }) {
  return (
    <>
      {pieces.map((piece, i) => (
        <span
          key={i}
          className={cn(
            piece.bold && 'font-semibold',
            piece.faint && 'text-muted',
            piece.italic && 'italic',
            piece.underlined && 'underline',
            piece.struck && 'line-through',
            piece.marked && 'bg-hover',
          )}
          style={piece.color ? { color: piece.color } : undefined}
        >
          {piece.text}
        </span>
      ))}
      {'\n'}
    </>
  )
}

interface Note {
  words: string
  isFailure: boolean
}

/** What the runtime says of a command stands in brackets at the end of what it wrote. */
function readOutput(result: string): { output: string; notes: Note[] } {
  const lines = result.split('\n')
  const notes: Note[] = []
  for (let note = noteOf(lines.at(-1)); note; note = noteOf(lines.at(-1))) {
    notes.unshift(note)
    lines.pop()
  }
  return { output: lines.join('\n').replace(/\n$/, ''), notes }
}

function noteOf(line: string | undefined): Note | undefined {
  const [, kind, rest = ''] = /^\[(exit|killed|output truncated)[: ] ?(.*)\]$/.exec(line ?? '') ?? []
  if (kind === 'exit') return { words: rest.replace(/^exit status/, 'Exit code'), isFailure: true }
  if (kind === 'killed') return { words: `Killed: ${rest}`, isFailure: true }
  return kind ? { words: `Cut off ${rest}`, isFailure: false } : undefined
}
