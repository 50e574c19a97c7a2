import { X } from 'lucide-react'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { cn } from '../../../lib/cn.ts'

/** What did not work and why, at the place where it was asked for. */
export function Problem(props: { title: string; text: string; onDismiss: () => void; className?: string }) {
  return (
    <div
      role="alert"
      className={cn(
        'flex items-start gap-2 border-danger-line bg-danger-soft py-1.5 pr-1.5 pl-3.5 text-sm',
        props.className ?? 'mb-2 rounded-xl border',
      )}
    >
      <p className="min-w-0 flex-1 py-0.5">
        <span className="font-medium text-danger">{props.title}</span> {props.text}
      </p>
      <IconButton label="Dismiss" size="sm" onClick={props.onDismiss}>
        <X />
      </IconButton>
    </div>
  )
}
