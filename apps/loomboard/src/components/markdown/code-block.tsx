import { Check, Copy, WrapText } from 'lucide-react'
import { memo, useEffect, useState } from 'react'
import { cn } from '../../lib/cn.ts'
import { useCopy } from '../../lib/use-copy.ts'
import { IconButton } from '../ui/icon-button.tsx'
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
  const [unfolded, setUnfolded] = useState(open === true || bare === true)
  const folded = unfolded ? undefined : foldedLength(code)
  const shown = folded === undefined ? code : code.slice(0, folded)
  const lines = useHighlight(shown, open ? undefined : languageOf(info))
  const name = info?.match(/^\S+/)?.[0]

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
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className={cn(
          'overflow-x-auto px-3 py-2.5 font-mono text-[0.8125rem] leading-[1.55] text-[var(--code-foreground)] -outline-offset-2',
          (wrap || bare) && 'whitespace-pre-wrap [overflow-wrap:anywhere]',
        )}
      >
        <code>{lines ? lines.map((line, i) => <ColoredLine key={i} line={line} />) : <PlainCode code={shown} />}</code>
      </pre>
      {folded !== undefined && (
        <button
          type="button"
          onClick={() => setUnfolded(true)}
          className="w-full border-t px-3 py-1.5 text-left text-accent-text text-xs hover:bg-hover"
        >
          Show all {code.split('\n').length} lines
        </button>
      )}
    </figure>
  )
})

const mostLines = 200
const mostChars = 20_000

/** Where a block that is longer than anybody reads at once is cut; what grew before somebody's eyes is not. */
function foldedLength(code: string): number | undefined {
  if (code.length < mostChars / 4) return undefined
  let end = -1
  for (let line = 0; line < mostLines; line++) {
    end = code.indexOf('\n', end + 1)
    if (end < 0) break
  }
  const cut = Math.min(end < 0 ? code.length : end, mostChars)
  return cut < code.length * 0.8 ? cut : undefined
}

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

const chunkLines = 100

/** In chunks of lines, so that a long block that grows only touches its last chunk. */
function PlainCode({ code }: { code: string }) {
  if (code.length < 4000) return code
  const lines = code.split('\n')
  const chunks = []
  for (let from = 0; from < lines.length; from += chunkLines) {
    const last = from + chunkLines >= lines.length
    chunks.push(<Chunk key={from} text={lines.slice(from, from + chunkLines).join('\n') + (last ? '' : '\n')} />)
  }
  return chunks
}

const Chunk = memo(function Chunk({ text }: { text: string }) {
  return <span>{text}</span>
})
