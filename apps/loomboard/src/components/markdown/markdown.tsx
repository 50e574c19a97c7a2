import { memo, useDeferredValue, useMemo, useState } from 'react'
import { cn } from '../../lib/cn.ts'
import { CodeBlock } from './code-block.tsx'
import { markdownComponents } from './components.tsx'
import { healTail } from './heal-tail.ts'
import { toReact } from './processor.ts'
import { type Block, BlockSplitter, usesReferences } from './split-blocks.ts'

export interface MarkdownProps {
  text: string
  /** More is coming: settled blocks are kept, only the last one is parsed again. */
  streaming?: boolean
  className?: string
}

export const Markdown = memo(function Markdown({ text, streaming, className }: MarkdownProps) {
  return (
    <div className={cn('md', className)}>{streaming ? <Growing text={text} /> : <Settled text={text} />}</div>
  )
})

function Settled({ text }: { text: string }) {
  return useMemo(() => toReact(text, markdownComponents), [text])
}

function Growing({ text: latest }: { text: string }) {
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
      {tail && <Tail key={tail.start} block={tail} definitions={definitionsFor(tail, splitter.definitions)} />}
    </>
  )
}

const SettledBlock = memo(function SettledBlock({ block, definitions }: { block: Block; definitions: string }) {
  return <BlockBody block={block} definitions={definitions} />
})

function Tail({ block, definitions }: { block: Block; definitions: string }) {
  const healed = block.kind === 'markdown' ? { ...block, text: healTail(block.text) } : block
  return <BlockBody block={healed} definitions={definitions} />
}

function BlockBody({ block, definitions }: { block: Block; definitions: string }) {
  if (block.kind === 'code') return <CodeBlock code={block.text} info={block.info} open={!block.closed} />
  return <div>{toReact(definitions ? `${block.text}\n\n${definitions}` : block.text, markdownComponents)}</div>
}

/** Only blocks that may use them are parsed again when a definition arrives. */
function definitionsFor(block: Block, definitions: string): string {
  return definitions && block.kind === 'markdown' && usesReferences(block.text) ? definitions : ''
}
