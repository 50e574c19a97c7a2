/** What something is for, said in whatever language, and in words of whatever length. */
export function Description({ of }: { of: unknown }) {
  if (typeof of !== 'string' || of === '') return null
  return (
    <p dir="auto" className="mt-0.5 text-muted [overflow-wrap:anywhere]">
      {of}
    </p>
  )
}

/** The same in the row of a list, which has room for its beginning. */
export function DescriptionLines({ of }: { of: unknown }) {
  if (typeof of !== 'string' || of === '') return null
  return (
    <span dir="auto" className="line-clamp-2 text-muted text-sm [overflow-wrap:anywhere]">
      {of}
    </span>
  )
}
