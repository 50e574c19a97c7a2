import { cutText } from '@loomcycle/proto/wire'
import { Check, Copy } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { useCopy } from '../../../lib/browser/use-copy.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import type { Refusal } from '../parse/parse-apart.ts'
import { useFocusWhen } from '../use-focus-when.ts'
import { LongText } from './long-text.tsx'
import { countLines, foldedLength } from './text-chunks.ts'

type PlainReason = Refusal | 'unknown'

const reasons: Record<PlainReason, string> = {
  nested: 'it is nested too deeply',
  large: 'it is very large',
  slow: 'drawing it takes very long',
  broken: 'it could not be drawn',
  unknown: 'it is no diagram of a kind that is drawn here',
}

const mostLines = 24
const mostChars = 1600

export interface PlainBlockProps {
  text: string
  why: PlainReason
  /** What a person can do about it; nothing where they have done so in vain. */
  onDraw?: (() => void) | undefined
  /** It is being drawn. */
  busy?: boolean
}

/** What is not drawn is shown as it was written, says why, and is drawn for whoever asks for it. */
export function PlainBlock({ text, why, onDraw, busy = false }: PlainBlockProps) {
  const id = useId()
  const { copied, copy } = useCopy(text)
  return (
    <figure aria-labelledby={id} className="md-code overflow-hidden rounded-lg border border-dashed bg-surface">
      <FoldedText text={text.trimEnd()} />
      <figcaption className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-dashed py-1 pr-1 pl-3 text-muted text-xs">
        <span id={id} role={busy ? 'status' : undefined} className="min-w-40 flex-1">
          {busy ? 'Drawing it…' : `Shown as plain text: ${reasons[why]}.`}
        </span>
        <span className="flex items-center gap-1">
          {onDraw && (
            <button
              type="button"
              aria-describedby={id}
              disabled={busy}
              onClick={onDraw}
              className="rounded-md px-2 py-1 font-medium text-accent-text hover:bg-hover disabled:text-faint coarse:py-2.5"
            >
              Draw it anyway
            </button>
          )}
          <IconButton label={copied ? 'Copied' : 'Copy text'} size="sm" onClick={copy}>
            {copied ? <Check className="text-accent-text" /> : <Copy />}
          </IconButton>
        </span>
      </figcaption>
    </figure>
  )
}

/** The beginning of a text, and all of it for whoever wants to see it. */
function FoldedText({ text }: { text: string }): ReactNode {
  const [unfolded, setUnfolded] = useState(false)
  const folded = unfolded ? undefined : foldedLength(text, mostLines, mostChars)
  const place = useFocusWhen<HTMLPreElement>(unfolded)
  return (
    <>
      <pre
        ref={place}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-[70vh] overflow-y-auto whitespace-pre-wrap px-3 py-2.5 font-mono text-[0.8125rem] leading-[1.55] -outline-offset-2 [overflow-wrap:anywhere]"
      >
        <LongText text={folded === undefined ? text : cutText(text, folded)} />
        {folded !== undefined && <span className="text-faint">…</span>}
      </pre>
      {folded !== undefined && <ShowAll text={text} onShow={() => setUnfolded(true)} />}
    </>
  )
}

export function ShowAll({ text, onShow }: { text: string; onShow: () => void }) {
  const lines = countLines(text)
  const all = lines > 1 ? `${lines.toLocaleString('en')} lines` : `${text.length.toLocaleString('en')} characters`
  return (
    <button
      type="button"
      onClick={onShow}
      className="w-full border-t px-3 py-1.5 text-left text-accent-text text-xs hover:bg-hover coarse:py-2.5"
    >
      Show all {all}
    </button>
  )
}
