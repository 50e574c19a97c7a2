import { useDroppable } from '@dnd-kit/core'
import type { ComponentProps, RefObject } from 'react'
import type { VirtualizerHandle } from 'virtua'

export interface DropAreaProps extends ComponentProps<'div'> {
  column: string
  lane: string
  /** Knows where its cards stand. */
  list?: RefObject<VirtualizerHandle | null>
}

/** Where cards can be put down. It is told of each that is carried about; what stands in it is not drawn again for that. */
export function DropArea({ column, lane, list, children, ...rest }: DropAreaProps) {
  const { setNodeRef } = useDroppable({ id: `${column}\n${lane}`, data: { column, lane, list } })
  return (
    <div ref={setNodeRef} {...rest}>
      {children}
    </div>
  )
}
