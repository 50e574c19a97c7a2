import type { ReactNode } from 'react'

export function EmptyState(props: { icon?: ReactNode; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-2 px-4 py-10 text-center">
      {props.icon && <div className="text-faint [&_svg]:size-6">{props.icon}</div>}
      <p className="font-medium text-base">{props.title}</p>
      {props.children && <div className="max-w-sm text-muted text-sm">{props.children}</div>}
      {props.action && <div className="pt-2">{props.action}</div>}
    </div>
  )
}
