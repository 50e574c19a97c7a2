import { Skeleton } from '../../../components/ui/skeleton.tsx'

const cards = [3, 5, 2, 4]

/** A board before there is anything of it. */
export function ColumnsLoading({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="flex min-h-0 flex-1 gap-3 overflow-hidden px-3 pb-3 md:px-4">
      {cards.map((many) => (
        <div key={many} className="flex w-full shrink-0 flex-col gap-2 rounded-xl bg-surface p-2 md:w-72">
          {Array.from({ length: many }, (_, at) => (
            <Skeleton key={at} className="h-20 rounded-lg" />
          ))}
        </div>
      ))}
    </div>
  )
}
