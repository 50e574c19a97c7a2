import { type ReactNode, useRef } from 'react'
import { TaskToggle } from '../../../../components/markdown/tasks.tsx'
import { toast } from '../../../../lib/toast.ts'
import type { EditChunk } from '../../use-edit-chunk.ts'

/** A text whose checkboxes can be ticked where it reads. */
export function TickableTasks({ edit, children }: { edit: EditChunk; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  const toggle = async (task: Element) => {
    const nth = [...(place.current?.querySelectorAll('.md-task') ?? [])].indexOf(task)
    const { withTaskToggled } = await import('./toggle-task.ts')
    const body = withTaskToggled(edit.text.read(), nth)
    if (nth >= 0 && body !== undefined) {
      edit.text.write(body)
      edit.flush()
    } else toast.info('It was not ticked', 'Edit the text to change this checkbox.')
  }
  return (
    <div ref={place}>
      <TaskToggle value={(task) => void toggle(task)}>{children}</TaskToggle>
    </div>
  )
}
