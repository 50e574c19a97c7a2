import type { Components } from 'hast-util-to-jsx-runtime'
import { createContext, memo, type ReactNode, use, useState } from 'react'
import { markdownComponents } from '../components.tsx'
import { Portion } from '../portion.tsx'
import { useFocusWhen } from '../use-focus-when.ts'
import { type ListPart, startOfList } from './cut-list.ts'

/** Whether the list that is drawn stands in one of ours: of a part, only the items are wanted. */
const IsInside = createContext(false)
const itemsOnly: Partial<Components> = { ...markdownComponents, ul: itemsOf('ul'), ol: itemsOf('ol') }

function itemsOf(Tag: 'ul' | 'ol') {
  return ({ children, start }: { children?: ReactNode; start?: number | undefined }) =>
    use(IsInside) ? (
      <Tag dir="auto" start={start}>
        {children}
      </Tag>
    ) : (
      <IsInside value={true}>{children}</IsInside>
    )
}

/** What is below this is shown at once where it did not grow before somebody’s eyes. */
const foldedParts = 20
const moreParts = 40

interface LongListProps {
  parts: readonly ListPart[]
  definitions: string
  growing: boolean
  /** Draws the content of a long item, which is a text like any other. */
  drawText: (text: string, growing: boolean) => ReactNode
}

/** A list in parts: however long it has grown, only its last part is parsed again. */
export function LongList({ parts, definitions, growing, drawText }: LongListProps) {
  const [unfolded, setUnfolded] = useState(growing ? Number.POSITIVE_INFINITY : foldedParts)
  const most = unfolded + 4 >= parts.length ? parts.length : unfolded
  const place = useFocusWhen<HTMLUListElement & HTMLOListElement>(most === parts.length && unfolded > foldedParts)
  const start = startOfList(parts[0]?.text ?? '')
  const Tag = start === undefined ? 'ul' : 'ol'
  return (
    <>
      <Tag ref={place} dir="auto" start={start === 1 ? undefined : start}>
        {parts.slice(0, most).map((part, i) => {
          const grows = growing && i === parts.length - 1
          if (part.content !== undefined) return <li key={part.start}>{drawText(part.content, grows)}</li>
          return <Items key={part.start} text={part.text} definitions={definitions} growing={grows} />
        })}
      </Tag>
      {most < parts.length && (
        <button type="button" className="md-more" onClick={() => setUnfolded(most + moreParts)}>
          Show more of {parts.reduce((sum, part) => sum + part.items, 0).toLocaleString('en')} items
        </button>
      )}
    </>
  )
}

const Items = memo(function Items(props: { text: string; definitions: string; growing: boolean }) {
  return (
    <IsInside value={false}>
      <Portion {...props} components={itemsOnly} />
    </IsInside>
  )
})
