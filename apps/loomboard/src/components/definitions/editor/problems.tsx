import { cn } from '../../../lib/cn.ts'
import { plural } from '../../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import type { FieldProblem } from './field-problem.ts'

/** What cannot be saved as it stands; each stands at its row, too. */
export function Hindering(props: { problems: readonly FieldProblem[]; onShow: (problem: FieldProblem) => void }) {
  const [first] = props.problems
  return (
    <p role="status" className={cn('flex flex-wrap items-center gap-x-2 text-danger text-sm', first && 'mb-3')}>
      {first && (
        <>
          <span>{plural(props.problems.length, 'thing keeps', 'things keep')} it from being saved.</span>
          <Button size="sm" variant="ghost" onClick={() => props.onShow(first)}>
            Show the first
          </Button>
        </>
      )}
    </p>
  )
}

/** What was refused: it stands at its field, too, where there is one. */
export function Refused({ problem: { path, message } }: { problem: FieldProblem }) {
  const where = path.filter((key) => !key.startsWith(':')).join('.')
  return (
    <p
      role="alert"
      className="mb-3 rounded-lg border border-danger-line bg-danger-soft px-4 py-2.5 text-danger text-sm"
    >
      Not saved.{' '}
      {where ? (
        <>
          <code className="font-mono text-xs">{where}</code> {message}.
        </>
      ) : (
        message
      )}
    </p>
  )
}
