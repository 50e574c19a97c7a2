import { memo, type ReactNode, useDeferredValue, useMemo, useState } from 'react'
import { cn } from '../../lib/cn.ts'
import { Fenced, markdownComponents } from './components.tsx'
import { Growing } from './diagram.tsx'
import { healTail } from './heal-tail.ts'
import { LongParagraph, LongTable } from './long-blocks.tsx'
import { isLongParagraph } from './long-paragraph.ts'
import { cutTable } from './long-table.ts'
import { toReact } from './processor.ts'
import { type Block, BlockSplitter, needsWholeText, usesReferences } from './split-blocks.ts'

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
  const inBlocks = streaming || ((grew || text.length > longMessage) && !needsWholeText(text))
  return (
    <div className={cn('md', className)}>
      <Growing value={streaming}>
        {inBlocks ? <Blocks text={text} streaming={streaming} /> : <Whole text={text} />}
      </Growing>
    </div>
  )
})

function Whole({ text }: { text: string }) {
  return useMemo(() => toReact(text, markdownComponents), [text])
}

function Blocks({ text: latest, streaming }: { text: string; streaming: boolean }) {
  // Typing in the composer goes before drawing the answer.
  const text = useDeferredValue(latest)
  const [splitter] = useState(() => new BlockSplitter())
  splitter.update(text)
  const tail = splitter.tail()
  // In one list, so that a block that settles stays where it is.
  const blocks = tail ? [...splitter.blocks, streaming ? tail : { ...tail, closed: true }] : splitter.blocks
  return blocks.map((block) => (
    <BlockView
      key={block.start}
      block={block}
      definitions={definitionsFor(block, splitter.definitions)}
      growing={streaming && block === tail}
    />
  ))
}

interface BlockViewProps {
  block: Block
  definitions: string
  growing: boolean
}

const BlockView = memo(
  function BlockView({ block: { kind, text, info, closed }, definitions, growing }: BlockViewProps) {
    if (kind === 'code') return <Fenced code={text} info={info} open={!closed} />
    return <div>{markdownBody(text, definitions, growing)}</div>
  },
  (before, after) =>
    before.growing === after.growing &&
    before.definitions === after.definitions &&
    before.block.text === after.block.text &&
    before.block.closed === after.block.closed &&
    before.block.info === after.block.info,
)

/** The same for a block that grows and for the same block settled, so that settling it draws nothing again. */
function markdownBody(text: string, definitions: string, growing: boolean): ReactNode {
  if (isLongParagraph(text)) return <LongParagraph text={text} definitions={definitions} growing={growing} />
  const table = cutTable(text)
  if (table) return <LongTable table={table} definitions={definitions} growing={growing} />
  const source = growing ? healTail(text) : text
  const whole = definitions ? `${source}\n\n${definitions}` : source
  return growing ? parse(whole) : parseOnce(whole)
}

/** Only blocks that may use them are parsed again when a definition arrives. */
function definitionsFor(block: Block, definitions: string): string {
  return definitions && block.kind === 'markdown' && usesReferences(block.text) ? definitions : ''
}

const parse = (text: string) => toReact(text, markdownComponents)

const parsed = new Map<string, ReactNode>()
const kept = 500

/** A block that scrolls back into view, or moves into the list when its turn settles, is not parsed again. */
function parseOnce(text: string): ReactNode {
  let node = parsed.get(text)
  if (node === undefined) {
    node = parse(text)
    if (parsed.size >= kept) parsed.delete(parsed.keys().next().value!)
    parsed.set(text, node)
  }
  return node
}
