import { TriangleAlert } from 'lucide-react'

/** What is to be known of a chunk beside its title: it is not saved, or somebody else has changed it. */
export function ChunkMarks({
  isStuck,
  changedBy,
  when,
}: {
  isStuck: boolean
  changedBy?: string | undefined
  when?: string | undefined
}) {
  return (
    <>
      {isStuck && (
        <span title="Not saved" className="shrink-0 text-warn">
          <TriangleAlert aria-hidden="true" className="size-3.5" />
          <span className="sr-only">not saved</span>
        </span>
      )}
      {changedBy !== undefined && (
        <span title={[changedBy, when].filter(Boolean).join(', ')} className="size-1.5 shrink-0 rounded-full bg-accent">
          <span className="sr-only">changed by {changedBy}</span>
        </span>
      )}
    </>
  )
}
