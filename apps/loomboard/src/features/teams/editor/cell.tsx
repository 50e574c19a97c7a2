import { type ReactNode, useId } from 'react'
import type { FieldProblem } from '../../../components/definitions/editor/field-problem.ts'
import { cn } from '../../../lib/cn.ts'

interface ControlProps {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

interface CellProps {
  /** Where it stands in the definition. */
  path: readonly string[]
  label: string
  problems: readonly FieldProblem[]
  className?: string
  children: (control: ControlProps) => ReactNode
}

/** A cell of a row: what it is called, where it is written, and what is wrong with it. */
export function Cell({ path, label, problems, className, children }: CellProps) {
  const id = useId()
  const isWrong = problems.some(({ isWarning }) => !isWarning)
  return (
    <div data-field={path.join('.')} className={cn('min-w-0', className)}>
      <label htmlFor={id} className="mb-1 block text-muted text-xs">
        {label}
      </label>
      {children({
        id,
        'aria-describedby': problems.length > 0 ? `${id}-said` : undefined,
        'aria-invalid': isWrong || undefined,
      })}
      <Said id={`${id}-said`} problems={problems} />
    </div>
  )
}

/** What is wrong, in the words of the runtime. */
export function Said({ id, problems }: { id?: string; problems: readonly FieldProblem[] }) {
  if (problems.length === 0) return null
  return (
    <div id={id} className="mt-0.5 text-xs [overflow-wrap:anywhere]">
      {problems.map(({ path, message, isWarning }) => (
        <p key={`${path.join('.')} ${message}`} className={isWarning ? 'text-warn' : 'text-danger'}>
          It {message}.
        </p>
      ))}
    </div>
  )
}
