import { Check, Copy, WrapText } from 'lucide-react'
import { memo, useEffect, useState } from 'react'
import { useCopy } from '../../../lib/browser/use-copy.ts'
import { cn } from '../../../lib/cn.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { LongText } from '../plain/long-text.tsx'
import { ShowAll } from '../plain/plain-block.tsx'
import { foldedLength } from '../plain/text-chunks.ts'
import { useFocusWhen } from '../use-focus-when.ts'
import { highlight, highlighted, languageOf, type Span } from './highlight.ts'

export interface CodeBlockProps {
  code: string
  /** The fence's info string, or a language's name. */
  info?: string
  /** More is coming: no colours yet. */
  open?: boolean
  /** Without a header, where something around it has a copy button. */
  bare?: boolean
  className?: string
}

export const CodeBlock = memo(function CodeBlock({ code, info, open, bare, className }: CodeBlockProps) {
  const [wrap, setWrap] = useState(false)
  const { copied, copy } = useCopy(code)
  const [isWhole] = useState(open === true || bare === true)
  const [unfolded, setUnfolded] = useState(false)
  const place = useFocusWhen<HTMLPreElement>(unfolded)
  const folded = isWhole || unfolded || code.length < short ? undefined : foldedLength(code, mostLines, mostChars)
  const shown = folded === undefined ? code : code.slice(0, folded)
  const lines = useHighlight(shown, open ? undefined : languageOf(info))
  const name = info?.slice(0, 40).match(/^\S+/)?.[0]

  return (
    <figure className={cn('md-code group/code overflow-hidden rounded-lg border bg-code', className)}>
      {!bare && (
        <figcaption className="flex h-8 items-center justify-between border-b pr-1 pl-3 text-faint text-xs">
          <span className="truncate font-mono">{name || 'text'}</span>
          <span className="flex">
            <IconButton label="Wrap lines" size="sm" aria-pressed={wrap} onClick={() => setWrap(!wrap)}>
              <WrapText />
            </IconButton>
            <IconButton label={copied ? 'Copied' : 'Copy code'} size="sm" onClick={copy}>
              {copied ? <Check className="text-accent-text" /> : <Copy />}
            </IconButton>
          </span>
        </figcaption>
      )}
      <pre
        ref={place}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className={cn(
          'overflow-x-auto px-3 py-2.5 font-mono text-[0.8125rem] leading-[1.55] text-[var(--code-foreground)] -outline-offset-2',
          (wrap || bare) && 'whitespace-pre-wrap [overflow-wrap:anywhere]',
        )}
      >
        <code>
          {lines ? (
            lines.map((line, i) => <ColoredLine key={i} line={line} />)
          ) : (
            <LongText text={shown} wraps={bare === true} />
          )}
        </code>
      </pre>
      {folded !== undefined && <ShowAll text={code} onShow={() => setUnfolded(true)} />}
    </figure>
  )
})

/** Where a block that is longer than anybody reads at once is cut; what grew before somebody's eyes is not. */
const mostLines = 200
const mostChars = 20_000
const short = mostChars / 4

function useHighlight(code: string, language: string | undefined): Span[][] | undefined {
  const known = language === undefined ? undefined : highlighted(code, language)
  const [fresh, setFresh] = useState<{ code: string; lines: Span[][] | undefined }>()

  useEffect(() => {
    if (!language || highlighted(code, language)) return
    let current = true
    void highlight(code, language).then((lines) => current && setFresh({ code, lines }))
    return () => {
      current = false
    }
  }, [code, language])

  return known ?? (fresh?.code === code ? fresh.lines : undefined)
}

function ColoredLine({ line }: { line: Span[] }) {
  return (
    <>
      {line.map((span, i) =>
        span.color || span.italic ? (
          <span key={i} style={{ color: span.color, fontStyle: span.italic ? 'italic' : undefined }}>
            {span.text}
          </span>
        ) : (
          span.text
        ),
      )}
      {'\n'}
    </>
  )
}
