import { X } from 'lucide-react'
import { Button } from '../../../../../components/ui/button.tsx'
import { IconButton } from '../../../../../components/ui/icon-button.tsx'
import type { Pictures } from './use-pictures.ts'

/** Pictures that are on their way, and those that did not arrive. */
export function PictureList({ pictures: { arriving, dismiss } }: { pictures: Pictures }) {
  return (
    <ul aria-label="Images on their way" hidden={arriving.length === 0} className="mt-1.5 flex flex-col gap-1 text-sm">
      {arriving.map(({ id, name, problem, again }) => (
        <li key={id} className="flex flex-wrap items-center gap-2">
          <span role={problem ? 'alert' : 'status'} className="min-w-0 flex-1 [overflow-wrap:anywhere]">
            {problem ? (
              <span className="text-danger">
                “{name}” was not added. {problem}
              </span>
            ) : (
              <span className="text-muted">Adding “{name}”…</span>
            )}
          </span>
          {problem && (
            <>
              <Button size="sm" onClick={again}>
                Try again
              </Button>
              <IconButton label={`Leave out ${name}`} size="sm" onClick={() => dismiss(id)}>
                <X />
              </IconButton>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
