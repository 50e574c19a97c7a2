import type { Components } from 'hast-util-to-jsx-runtime'
import { memo, type ReactNode, useState } from 'react'
import { markdownComponents, TableFrame } from './components.tsx'
import { healTail } from './heal-tail.ts'
import { ParagraphCutter } from './long-paragraph.ts'
import type { TableParts } from './long-table.ts'
import { toReact } from './processor.ts'

const onlyChildren = ({ children }: { children?: ReactNode }) => children
const inline: Partial<Components> = { ...markdownComponents, p: onlyChildren }
const headOnly: Partial<Components> = { ...markdownComponents, table: onlyChildren }
const bodyOnly: Partial<Components> = { ...headOnly, thead: () => null }

const withDefinitions = (text: string, definitions: string) => (definitions ? `${text}\n\n${definitions}` : text)

/** A paragraph in pieces: however long it has grown, only its last piece is parsed again. */
export function LongParagraph(props: { text: string; definitions: string; growing: boolean }) {
  const { text, definitions, growing } = props
  const [cutter] = useState(() => new ParagraphCutter())
  cutter.update(text)
  const { rest } = cutter
  return (
    <p>
      {cutter.pieces.map((piece) => (
        <Piece key={piece.start} text={piece.text} definitions={definitions} />
      ))}
      {rest.text.trim() && (
        <Piece key={rest.start} text={growing ? healTail(rest.text) : rest.text} definitions={definitions} />
      )}
    </p>
  )
}

const Piece = memo(function Piece({ text, definitions }: { text: string; definitions: string }) {
  return (
    <>
      {toReact(withDefinitions(text.trim(), definitions), inline)}
      {/\s$/.test(text) ? ' ' : ''}
    </>
  )
})

/** More rows than anybody reads at once stay folded where they did not grow before somebody's eyes. */
const foldedParts = 20

export function LongTable(props: { table: TableParts; definitions: string; growing: boolean }) {
  const { head, parts, rows } = props.table
  const [all, setAll] = useState(props.growing)
  const shown = all || parts.length <= foldedParts + 4 ? parts : parts.slice(0, foldedParts)
  return (
    <TableFrame
      more={
        shown.length < parts.length ? (
          <button type="button" className="md-more" onClick={() => setAll(true)}>
            Show all {rows} rows
          </button>
        ) : undefined
      }
    >
      <TablePart text={head} definitions={props.definitions} components={headOnly} />
      {shown.map((part, i) => (
        <TablePart key={i} text={part} definitions={props.definitions} components={bodyOnly} />
      ))}
    </TableFrame>
  )
}

const TablePart = memo(function TablePart(props: {
  text: string
  definitions: string
  components: Partial<Components>
}) {
  return toReact(withDefinitions(props.text, props.definitions), props.components)
})
