import type { Color } from './board-setup.ts'

export function ColumnDot({ color }: { color: Color }) {
  return (
    <span aria-hidden="true" className="size-2 shrink-0 rounded-full" style={{ background: `var(--hue-${color})` }} />
  )
}
