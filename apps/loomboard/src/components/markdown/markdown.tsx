import { memo, useDeferredValue, useMemo, useState } from 'react'
import { cn } from '../../lib/cn.ts'
import { Boundary } from '../boundary.tsx'
import { contentOfQuote, cutList } from './blocks/cut-list.ts'
import { LongParagraph, LongTable } from './blocks/long-blocks.tsx'
import { LongList } from './blocks/long-list.tsx'
import { isLongParagraph } from './blocks/long-paragraph.ts'
import { cutTable } from './blocks/long-table.ts'
import { type Block, BlockSplitter, definitionsOf, needsWholeText, usesReferences } from './blocks/split-blocks.ts'
import { useTurn } from './budget/use-turn.ts'
import { weigh } from './budget/weight.ts'
import { Fenced, markdownComponents } from './components.tsx'
import { Growing } from './diagrams/diagram.tsx'
import { PlainBlock } from './plain/plain-block.tsx'
import { light, Portion } from './portion.tsx'
import { ShowMore } from './show-more.tsx'
import './markdown.css'

export interface MarkdownProps {
  text: string
  /** More is coming: settled blocks are kept, only the last one is parsed again. */
  streaming?: boolean
  className?: string
}

/** From here on a message is drawn block by block: its blocks may be known already, and nothing takes long. */
const longMessage = 6000

export const Markdown = memo(function Markdown({ text, streaming = false, className }: MarkdownProps) {
  const [grew] = useState(streaming)
  const isWhole = useMemo(() => !streaming && isDrawnWhole(text, grew), [text, streaming, grew])
  return (
    <div className={cn('md', className)}>
      <Growing value={streaming}>
        {isWhole ? <Whole text={text} /> : <Blocks text={text} streaming={streaming} />}
      </Growing>
    </div>
  )
})

function isDrawnWhole(text: string, grew: boolean): boolean {
  if (needsWholeText(text)) return text.length < longest
  return !grew && text.length <= longMessage && weigh(text, light) < light
}

/** In one piece; in blocks where that is too much, so that what can be drawn is. */
function Whole({ text }: { text: string }) {
  const blocks = <Blocks text={text} streaming={false} />
  return (
    <Boundary instead={blocks}>
      <Portion text={text} components={markdownComponents} instead={blocks} />
    </Boundary>
  )
}

/** A text of more than this is shown in parts, the next with the last one's end: a part is laid out in one go. */
const shownChars = 20_000
const shownBlocks = 100
const everything = { chars: Number.POSITIVE_INFINITY, blocks: Number.POSITIVE_INFINITY }

interface BlocksProps {
  text: string
  streaming: boolean
  /** Of the text this is a part of, which has all of them. */
  definitions?: string
  /** How many lists and quotes this stands in. */
  depth?: number
}

function Blocks({ text: latest, streaming, definitions: given = '', depth = 0 }: BlocksProps) {
  // Typing in the composer goes before drawing the answer.
  const text = useDeferredValue(latest)
  const [splitter] = useState(() => new BlockSplitter())
  const [shown, setShown] = useState(streaming || depth > 0 ? everything : { chars: shownChars, blocks: shownBlocks })
  // What is complete ends with a line, too.
  splitter.update(streaming ? text : `${text}\n`)
  const { blocks } = splitter
  const count = countShown(blocks, shown)
  const last = splitter.tail()
  const tail = count === blocks.length ? last : undefined
  const lastDefinitions = useMemo(() => (streaming ? '' : definitionsOf(last)), [streaming, last?.text, last?.kind])
  const definitions = given + splitter.definitions + lastDefinitions
  const groups = []
  for (let from = 0; from < count || (from === count && tail); from += groupSize) {
    groups.push(
      <Group
        key={from}
        blocks={blocks.slice(from, Math.min(from + groupSize, count))}
        tail={from + groupSize > count ? tail : undefined}
        definitions={definitions}
        depth={depth}
        streaming={streaming}
        far={from + 4 * groupSize < count}
      />,
    )
  }
  const end = blocks[count]?.start
  return (
    <>
      {groups}
      {end !== undefined && (
        <ShowMore onMore={() => setShown({ chars: end + shownChars, blocks: count + shownBlocks })} />
      )}
    </>
  )
}

function countShown(blocks: readonly Block[], most: typeof everything): number {
  let count = Math.min(blocks.length, most.blocks)
  while (count > 0 && blocks[count - 1]!.start > most.chars) count--
  return count
}

/** So many blocks that nobody looks at are one thing to the page. */
const groupSize = 50

interface GroupProps {
  blocks: readonly Block[]
  /** The block in progress. */
  tail: Block | undefined
  definitions: string
  depth: number
  streaming: boolean
  /** Much has come since. */
  far: boolean
}

const Group = memo(
  function Group({ blocks, tail, definitions, depth, streaming, far }: GroupProps) {
    // In one list, so that a block that settles stays where it is.
    const all = tail ? [...blocks, streaming ? tail : { ...tail, closed: true }] : blocks
    return (
      <div className={far ? 'md-group md-far' : 'md-group'}>
        {all.map((block) => (
          <BlockView
            key={block.start}
            block={block}
            definitions={definitionsFor(block, definitions)}
            depth={depth}
            growing={streaming && block === tail}
          />
        ))}
      </div>
    )
  },
  (before, after) =>
    before.blocks.length === after.blocks.length &&
    before.blocks[0] === after.blocks[0] &&
    before.blocks.at(-1) === after.blocks.at(-1) &&
    before.tail === after.tail &&
    before.definitions === after.definitions &&
    before.streaming === after.streaming &&
    before.far === after.far,
)

interface BlockViewProps {
  block: Block
  definitions: string
  depth: number
  growing: boolean
}

const BlockView = memo(
  function BlockView({ block, definitions, depth, growing }: BlockViewProps) {
    const { kind, text, info, closed } = block
    return (
      <Boundary instead={<PlainBlock text={text} why="broken" />}>
        {kind === 'code' ? (
          <CodeInTurn code={text} info={info} open={!closed} />
        ) : (
          <div className="md-block">
            <MarkdownBlock block={block} definitions={definitions} depth={depth} growing={growing} />
          </div>
        )}
      </Boundary>
    )
  },
  (before, after) =>
    before.growing === after.growing &&
    before.definitions === after.definitions &&
    before.block.text === after.block.text &&
    before.block.kind === after.block.kind &&
    before.block.closed === after.block.closed &&
    before.block.info === after.block.info,
)

/** A block of code has a header and buttons: many of them are drawn a few at a time. */
const weightOfCode = 3000
const waitingChars = 1000

function CodeInTurn(props: { code: string; info: string | undefined; open: boolean }) {
  const isOurTurn = useTurn(weightOfCode, props.open)
  return isOurTurn ? <Fenced {...props} /> : <pre className="md-code">{props.code.slice(0, waitingChars)}</pre>
}

/** Longer blocks are not cut into pieces, which would be too many. */
const longest = 100_000

/** Deeper in each other, lists and quotes are drawn as they come. */
const deepestPart = 6

/** The same for a block that grows and for the same block settled, so that settling it draws nothing again. */
function MarkdownBlock({ block, definitions, depth, growing }: BlockViewProps) {
  const { kind, text } = block
  if (text.length < longest) {
    if (kind === 'paragraph' && isLongParagraph(text))
      return <LongParagraph text={text} definitions={definitions} growing={growing} />
    const drawText = (content: string, grows: boolean) => (
      <Blocks text={content} definitions={definitions} streaming={grows} depth={depth + 1} />
    )
    const parts = depth < deepestPart ? cutList(block) : undefined
    if (parts) return <LongList parts={parts} definitions={definitions} growing={growing} drawText={drawText} />
    const quoted = depth < deepestPart ? contentOfQuote(block) : undefined
    if (quoted !== undefined) return <blockquote dir="auto">{drawText(quoted, growing)}</blockquote>
    const table = cutTable(text)
    if (table) return <LongTable text={text} table={table} definitions={definitions} growing={growing} />
  }
  return <Portion text={text} definitions={definitions} components={markdownComponents} growing={growing} />
}

/** Only blocks that may use them are parsed again when a definition arrives. */
function definitionsFor(block: Block, definitions: string): string {
  return definitions && block.kind !== 'code' && usesReferences(block.text) ? definitions : ''
}
