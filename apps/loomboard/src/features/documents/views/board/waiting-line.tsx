import { useDesk, type Waiting } from './desk.ts'

/** A change that waits until the card is let go of. */
export function WaitingLine({ id, waiting: { to, who } }: { id: string; waiting: Waiting }) {
  const desk = useDesk()
  const column = desk.column(to)?.title ?? (to || 'No status')
  const action = 'text-accent-text underline-offset-2 hover:underline coarse:py-2'
  return (
    <p role="status" className="mt-1.5 flex flex-wrap gap-x-2 border-t pt-1.5 text-muted text-xs">
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {who} moved this to {column}
      </span>
      <button type="button" className={action} onClick={() => desk.follow(id)}>
        Follow
      </button>
      <button type="button" className={action} onClick={() => desk.keepHere(id)}>
        Keep here
      </button>
    </p>
  )
}
