import { Check, Copy, Minus, X } from 'lucide-react'
import { memo, useMemo, useState } from 'react'
import { Boundary } from '../../../../components/boundary.tsx'
import { Disclosure } from '../../../../components/disclosure.tsx'
import { CodeBlock } from '../../../../components/markdown/code/code-block.tsx'
import { countLines, foldedLength } from '../../../../components/markdown/plain/text-chunks.ts'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { useCopy } from '../../../../lib/browser/use-copy.ts'
import { cn } from '../../../../lib/cn.ts'
import { formatDuration } from '../../../../lib/format.ts'
import { toJson } from '../../../../lib/json-text.ts'
import { useNow } from '../../../../lib/use-now.ts'
import { prettyResult, summariseInput } from '../../model/rows/tool-summary.ts'
import type { ToolPart } from '../../model/types.ts'
import { toolViewOf } from '../../tool-views/index.ts'
import { ChildRuns } from './child-runs.tsx'
import { useExpanded } from './expanded.ts'

const stateWords = { running: 'Running', done: 'Done', failed: 'Failed', stopped: 'Stopped' }

/** One call: what it is about, how it went and how long it took; the rest on demand, failures at once. */
export const ToolRow = memo(function ToolRow({ part }: { part: ToolPart }) {
  if (!part.children?.length) return <Call part={part} />
  return (
    <>
      <Call part={part} />
      <ChildRuns part={part} />
    </>
  )
})

function Call({ part }: { part: ToolPart }) {
  const [open, setOpen] = useExpanded(part.id, part.state === 'failed')
  const [raw, setRaw] = useState(false)
  const { copied, copy } = useCopy(useMemo(() => part.result ?? toJson(part.input, 2), [part.result, part.input]))

  return (
    <Disclosure
      aside={
        open && (
          <>
            <button
              type="button"
              aria-pressed={raw}
              onClick={() => setRaw(!raw)}
              className="h-6 rounded-md px-1.5 text-faint text-xs hover:bg-hover hover:text-text aria-pressed:bg-hover aria-pressed:text-text coarse:h-10 coarse:px-2.5"
            >
              Raw
            </button>
            <IconButton label={copied ? 'Copied' : 'Copy result'} size="sm" onClick={copy}>
              {copied ? <Check className="text-accent-text" /> : <Copy />}
            </IconButton>
          </>
        )
      }
      open={open}
      onOpenChange={setOpen}
      label={
        <>
          <StateMark state={part.state} />
          <span className={cn('shrink-0 font-medium text-text', part.state === 'failed' && 'text-danger')}>
            {part.name}
          </span>
          <span className="min-w-0 flex-1 truncate">{summariseInput(part.name, part.input)}</span>
          <Elapsed part={part} />
        </>
      }
    >
      <div className="mt-1 mb-2 ml-[0.4rem] flex flex-col gap-2 border-line border-l-2 pl-4">
        <Body part={part} raw={raw} />
      </div>
    </Disclosure>
  )
}

function Body({ part, raw }: { part: ToolPart; raw: boolean }) {
  const View = raw ? undefined : toolViewOf(part)
  const body = <RawBody part={part} raw={raw} />
  if (!View) return body
  // A result may be of another shape than its like.
  return (
    <Boundary instead={body}>
      <View part={part} />
    </Boundary>
  )
}

function StateMark({ state }: { state: ToolPart['state'] }) {
  return (
    <span role="img" aria-label={stateWords[state]} className="flex size-4 shrink-0 items-center justify-center">
      {state === 'running' && <span className="size-2 animate-breathe rounded-full bg-accent" />}
      {state === 'done' && <Check className="size-3.5 text-accent-text" />}
      {state === 'failed' && <X className="size-3.5 text-danger" />}
      {state === 'stopped' && <Minus className="size-3.5 text-faint" />}
    </span>
  )
}

function Elapsed({ part }: { part: ToolPart }) {
  const now = useNow(part.state === 'running' ? 1000 : 0)
  const ms = (part.endedAt ?? now) - part.startedAt
  if (ms < (part.state === 'running' ? 1000 : 100)) return null
  return <span className="shrink-0 text-faint text-xs tabular-nums">{formatDuration(ms)}</span>
}

function RawBody({ part, raw }: { part: ToolPart; raw: boolean }) {
  const input = useMemo(() => toText(part.input), [part.input])
  return (
    <>
      {input && (raw || !part.result) && <CodeBlock bare info="json" code={input} />}
      {part.result !== undefined && (
        <Result text={part.result} failed={part.state === 'failed'} raw={raw} id={part.id} />
      )}
    </>
  )
}

/** Small inputs on one line. */
function toText(input: unknown): string {
  const line = toJson(input)
  if (line === '{}' || line === 'null') return ''
  return line.length <= 80 || line.length > mostText ? line : toJson(input, 2)
}

const foldedLines = 14
const foldedChars = 2000
/** More is not made longer still. */
const mostText = 200_000

function Result(props: { text: string; failed: boolean; raw: boolean; id: string }) {
  const { text, isJson } = useMemo(
    () => (props.raw ? { text: props.text, isJson: false } : prettyResult(props.text)),
    [props.raw, props.text],
  )
  const lines = useMemo(() => countLines(text), [text])
  const long = lines > foldedLines + 4 || text.length > 2 * foldedChars
  const [all, setAll] = useExpanded(`${props.id}:all`, false)
  if (text === '') return <p className="text-faint text-sm">No output.</p>
  const shown = long && !all ? text.slice(0, foldedLength(text, foldedLines, foldedChars)) : text
  return (
    <div>
      <CodeBlock
        bare
        info={isJson ? 'json' : undefined}
        code={shown}
        className={props.failed ? 'border-danger-line' : undefined}
      />
      {long && (
        <button
          type="button"
          aria-expanded={all}
          onClick={() => setAll(!all)}
          className="mt-1 rounded-md px-1.5 py-0.5 text-muted text-xs hover:bg-hover hover:text-text coarse:py-2.5"
        >
          {all ? 'Show less' : `Show all ${lines > 1 ? `${lines} lines` : `${text.length} characters`}`}
        </button>
      )}
    </div>
  )
}
