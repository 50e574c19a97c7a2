import type { LucideIcon } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import { cn } from '../../lib/cn.ts'

interface QuestionFrameProps {
  icon: LucideIcon
  question: string
  /** What becomes of it; `pending` waits for somebody. */
  state: string
  /** Beside the question: how urgent it is, and how long it can wait. */
  beside?: ReactNode
  ref?: Ref<HTMLDivElement>
  children: ReactNode
}

/** What somebody is asked, and below it what they can say or have said. */
export function QuestionFrame({ icon: Icon, question, state, beside, ref, children }: QuestionFrameProps) {
  const isPending = state === 'pending'
  return (
    // biome-ignore lint/a11y/useSemanticElements: neither a set of fields nor a landmark
    <div
      role="group"
      ref={ref}
      tabIndex={-1}
      aria-label={`Question: ${question}`}
      data-question={state}
      className={cn(
        'my-2 rounded-lg border bg-surface px-3.5 py-3 outline-none',
        isPending && 'border-warn-line shadow-[inset_3px_0_0_var(--warn)]',
      )}
    >
      <div className="flex gap-2.5">
        <Icon aria-hidden="true" className={cn('mt-0.5 size-4 shrink-0', isPending ? 'text-warn' : 'text-faint')} />
        <div className="flex min-w-0 flex-1 flex-col gap-2">
          <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
            <p className="min-w-0 flex-1 basis-60 whitespace-pre-wrap font-medium [overflow-wrap:anywhere]">
              {question}
            </p>
            {beside}
          </div>
          {children}
        </div>
      </div>
    </div>
  )
}
