import { memo } from 'react'
import { clip } from '../../../lib/format.ts'

/** What a person said; the anchor of a turn. */
export const InputRow = memo(function InputRow({ text, note }: { text: string; note?: string }) {
  return (
    <div className="pt-6 pb-3">
      <h3 className="sr-only">You: {clip(text, 80)}</h3>
      <div className="flex gap-2.5 rounded-lg bg-surface px-3.5 py-2.5 ring-1 ring-line ring-inset">
        <span aria-hidden="true" className="select-none font-mono text-accent-text">
          ›
        </span>
        <p className="min-w-0 flex-1 whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</p>
      </div>
      {note && (
        <p role="status" className="mt-1 flex items-center gap-1.5 px-1 text-faint text-xs">
          <span aria-hidden="true" className="size-1.5 animate-breathe rounded-full bg-warn" />
          {note}
        </p>
      )}
    </div>
  )
})
