import type { Components } from 'hast-util-to-jsx-runtime'
import { memo, type ReactNode, useMemo, useRef, useState } from 'react'
import { weigh } from '../budget/weight.ts'
import { markdownComponents, TableFrame } from '../components.tsx'
import { isBreak } from '../parse/line-breaks.ts'
import { LongText } from '../plain/long-text.tsx'
import { light, Portion } from '../portion.tsx'
import { useFocusWhen } from '../use-focus-when.ts'
import { ParagraphCutter } from './long-paragraph.ts'
import type { TableParts } from './long-table.ts'

const onlyChildren = ({ children }: { children?: ReactNode }) => children
const inline: Partial<Components> = { ...markdownComponents, p: onlyChildren }
const headOnly: Partial<Components> = { ...markdownComponents, table: onlyChildren }
const bodyOnly: Partial<Components> = { ...headOnly, thead: () => null }

/** The browser lays a paragraph out as a whole: a very long one is several. */
const piecesTogether = 12

/** A paragraph in pieces: however long it has grown, only its last piece is parsed again. */
export function LongParagraph(props: { text: string; definitions: string; growing: boolean }) {
  const { text, definitions, growing } = props
  const [cutter] = useState(() => new ParagraphCutter())
  cutter.update(text)
  const { pieces, rest } = cutter
  const isHeavy = useMemo(
    () => !growing && [...cutter.pieces, cutter.rest].some((piece) => weigh(piece.text, light) >= light),
    [growing, text, cutter],
  )
  if (isHeavy) return <Portion text={text} definitions={definitions} components={markdownComponents} />
  const paragraphs = []
  for (let from = 0; from < pieces.length || (from === pieces.length && rest.text.trim()); from += piecesTogether) {
    const last = from + piecesTogether > pieces.length
    paragraphs.push(
      <p key={from} className={from > 0 ? 'md-goes-on' : undefined}>
        {pieces.slice(from, from + piecesTogether).map((piece) => (
          <Piece key={piece.start} text={piece.text} definitions={definitions} />
        ))}
        {last && rest.text.trim() && (
          <Piece key={rest.start} text={rest.text} definitions={definitions} growing={growing} />
        )}
      </p>,
    )
  }
  return paragraphs
}

const Piece = memo(function Piece(props: { text: string; definitions: string; growing?: boolean }) {
  const { text, definitions, growing = false } = props
  const words = (
    <span className="whitespace-pre-wrap">
      <LongText text={text} />
    </span>
  )
  return (
    <>
      <Portion
        text={text.trim()}
        definitions={definitions}
        components={inline}
        growing={growing}
        plain={words}
        instead={words}
      />
      {endOf(text)}
    </>
  )
})

/** What stands between a piece and the next one. */
function endOf(text: string): ReactNode {
  const last = text.at(-1)
  if (last === '\n' && isBreak(text.slice(text.lastIndexOf('\n', text.length - 2) + 1).trim().length)) return <br />
  return last === ' ' || last === '\n' ? ' ' : ''
}

/** More rows than anybody reads at once stay folded where they did not grow before somebody's eyes. */
const foldedParts = 20
const moreParts = 40
const everyPart = Number.POSITIVE_INFINITY

/** More are not laid out again and again while they grow. */
const mostRows = 1000

export function LongTable(props: { text: string; table: TableParts; definitions: string; growing: boolean }) {
  const { head, parts, rows } = props.table
  const checked = useRef(0)
  const isHeavy = useRef(weigh(head, light / 2) >= light / 2)
  // While it grows, what has been looked at stays as it is.
  for (; checked.current < parts.length && !isHeavy.current; checked.current++)
    isHeavy.current = weigh(parts[checked.current]!.slice(head.length), light / 2) >= light / 2
  if (props.growing) checked.current = Math.max(0, parts.length - 1)
  const [unfolded, setUnfolded] = useState(props.growing ? everyPart : foldedParts)
  const most = unfolded + 4 >= parts.length ? parts.length : unfolded
  const place = useFocusWhen<HTMLDivElement>(most === parts.length && unfolded > foldedParts && unfolded < everyPart)
  if (isHeavy.current || (props.growing && rows > mostRows)) {
    const { text, definitions, growing } = props
    return <Portion text={text} definitions={definitions} components={markdownComponents} growing={growing} />
  }
  return (
    <TableFrame
      ref={place}
      more={
        most < parts.length ? (
          <button type="button" className="md-more" onClick={() => setUnfolded(most + moreParts)}>
            Show more of {rows.toLocaleString('en')} rows
          </button>
        ) : undefined
      }
    >
      <TablePart text={head} definitions={props.definitions} components={headOnly} />
      {parts.slice(0, most).map((part, i) => (
        <TablePart
          key={i}
          text={part}
          definitions={props.definitions}
          components={bodyOnly}
          growing={props.growing && i === parts.length - 1}
        />
      ))}
    </TableFrame>
  )
}

const TablePart = memo(function TablePart(props: {
  text: string
  definitions: string
  components: Partial<Components>
  growing?: boolean
}) {
  return <Portion {...props} plain={null} instead={null} />
})
