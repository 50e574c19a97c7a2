import { useState } from 'react'
import { CodeBlock } from '../../../../components/markdown/code/code-block.tsx'
import { countLines, foldedLength } from '../../../../components/markdown/plain/text-chunks.ts'

const foldedLines = 14
const foldedChars = 2000

/** The text of a file, in the colours of its language; a long one is folded. */
export function FileText({ text: whole, path }: { text: string; path: string }) {
  // The end of the last line begins no other one.
  const text = whole.replace(/\n$/, '')
  const [all, setAll] = useState(false)
  const lines = countLines(text)
  const isLong = lines > foldedLines + 4 || text.length > 2 * foldedChars
  const shown = isLong && !all ? text.slice(0, foldedLength(text, foldedLines, foldedChars)) : text
  if (whole === '') return <p className="text-faint text-sm">The file is empty.</p>
  return (
    <div>
      <CodeBlock bare info={endOf(path)} code={shown} />
      {isLong && (
        <button
          type="button"
          aria-expanded={all}
          onClick={() => setAll(!all)}
          className="mt-1 rounded-md px-1.5 py-0.5 text-muted text-xs hover:bg-hover hover:text-text coarse:py-2.5"
        >
          {all ? 'Show less' : `Show all ${lines} lines`}
        </button>
      )}
    </div>
  )
}

/** What the name of a file ends with says which language it is in. */
function endOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1).toLowerCase()
}
