import { memo, useState } from 'react'
import { TextChunker } from './text-chunks.ts'

const short = 4000

/** Text as it is, inside a `pre`. A long one is in chunks, of which the browser lays out those that can be seen. */
export function LongText({ text, wraps = true }: { text: string; wraps?: boolean }) {
  const [chunker] = useState(() => new TextChunker(wraps))
  if (text.length < short) return tamed(text)
  chunker.update(text)
  return (
    <>
      {chunker.chunks.map((chunk, i) => (
        <Chunk key={i} text={chunk} />
      ))}
      <Chunk key={chunker.chunks.length} text={chunker.rest} />
    </>
  )
}

const Chunk = memo(function Chunk({ text }: { text: string }) {
  return <span className="md-chunk">{tamed(text)}</span>
})

/** Thousands of marks on one letter take the browser long to set, and nobody can read them. */
function tamed(text: string): string {
  return text.replace(/(\p{M}{24})\p{M}+/gu, '$1…')
}
