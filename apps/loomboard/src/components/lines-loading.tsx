import { Skeleton } from './ui/skeleton.tsx'

const widths = [40, 62, 55, 70, 48, 66, 52, 58]

export function LinesLoading({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-4 px-4 pt-4">
      {widths.map((width) => (
        <div key={width} style={{ width: `${width}%` }}>
          <Skeleton className="h-4" />
        </div>
      ))}
    </div>
  )
}
