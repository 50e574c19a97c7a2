import { memo, type ReactNode, useDeferredValue, useMemo, useState } from 'react'
import { cn } from '../../lib/cn.ts'
import { CodeBlock } from './code-block.tsx'
import { markdownComponents } from './components.tsx'
import { healTail } from './heal-tail.ts'
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
      {inBlocks ? <Blocks text={text} streaming={streaming} /> : <Whole text={text} />}
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
  return (
    <>
      {splitter.blocks.map((block) => (
        <SettledBlock key={block.start} block={block} definitions={definitionsFor(block, splitter.definitions)} />
      ))}
      {tail && (
        <Tail
          key={tail.start}
          block={tail}
          definitions={definitionsFor(tail, splitter.definitions)}
          growing={streaming}
        />
      )}
    </>
  )
}

const SettledBlock = memo(function SettledBlock({ block, definitions }: { block: Block; definitions: string }) {
  return <BlockBody block={block} definitions={definitions} parse={parseOnce} />
})

function Tail({ block, definitions, growing }: { block: Block; definitions: string; growing: boolean }) {
  if (!growing) return <SettledBlock block={{ ...block, closed: true }} definitions={definitions} />
  const healed = block.kind === 'markdown' ? { ...block, text: healTail(block.text) } : block
  return <BlockBody block={healed} definitions={definitions} parse={parse} />
}

function BlockBody(props: { block: Block; definitions: string; parse: (text: string) => ReactNode }) {
  const { block, definitions } = props
  if (block.kind === 'code') return <CodeBlock code={block.text} info={block.info} open={!block.closed} />
  return <div>{props.parse(definitions ? `${block.text}\n\n${definitions}` : block.text)}</div>
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
