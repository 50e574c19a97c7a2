import { lazy, Suspense, useState } from 'react'

const Markdown = lazy(() => import('../markdown/markdown.tsx').then((m) => ({ default: m.Markdown })))

const foldedChars = 420
const foldedLines = 6

/** What the agent wants its person to know before they answer; long ones open on demand. */
export function QuestionContext({ id, text }: { id: string; text: string }) {
  const isLong = text.length > foldedChars || text.split('\n').length > foldedLines
  const [open, setOpen] = useState(!isLong)
  return (
    <div className="text-muted text-sm">
      <div
        id={`${id}-context`}
        className={open ? undefined : 'max-h-28 overflow-hidden [mask-image:linear-gradient(black_55%,transparent)]'}
      >
        <Suspense fallback={<p className="whitespace-pre-wrap">{text}</p>}>
          <Markdown text={text} />
        </Suspense>
      </div>
      {isLong && (
        <button
          type="button"
          aria-expanded={open}
          aria-controls={`${id}-context`}
          onClick={() => setOpen(!open)}
          className="mt-1 -ml-1.5 rounded-md px-1.5 py-0.5 text-xs hover:bg-hover hover:text-text coarse:py-2"
        >
          {open ? 'Show less' : 'Show all'}
        </button>
      )}
    </div>
  )
}
