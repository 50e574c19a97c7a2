import type { OtherService } from './model/services.ts'

/** What could be set up, and by which variable. */
export function OtherServices({ of }: { of: readonly OtherService[] }) {
  if (of.length === 0) return null
  return (
    <section aria-label="Not set up">
      <h2 className="mb-1 font-display font-semibold text-base">Not set up</h2>
      <p className="mb-2 text-muted text-sm">
        A variable counts when the runtime starts: one that runs cannot see what is set later.
      </p>
      <ul className="divide-y rounded-lg border bg-surface">
        {of.map(({ id, toSetUp, sought }) => (
          <li key={id} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-4 py-2 text-sm">
            <span className="font-medium">{id}</span>
            <span className="text-muted [overflow-wrap:anywhere]">{sentence(toSetUp)}</span>
            {sought && <span className="basis-full text-faint text-xs [overflow-wrap:anywhere]">{sought}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function sentence(toDo: string): string {
  return toDo === '' ? '' : `${toDo[0]!.toUpperCase()}${toDo.slice(1)}.`
}
