/** What a part of the inbox is about, and how much of it waits. */
export function GroupHeading({ count, children }: { count: number; children: string }) {
  return (
    <h2 className="mb-2 flex items-baseline gap-2 px-1 font-medium text-muted text-sm">
      {children}
      {count > 0 && (
        <span className="text-faint text-xs tabular-nums">
          {count}
          <span className="sr-only"> open</span>
        </span>
      )}
    </h2>
  )
}
