import { type ReactElement, useRef } from 'react'
import { Virtualizer } from 'virtua'
import { cn } from '../../../lib/cn.ts'

/** However many there are, one below the other; what is out of sight is not drawn. */
export function LongList<T>(props: {
  data: readonly T[]
  itemSize?: number
  className?: string
  children: (one: T) => ReactElement
}) {
  const { data, itemSize, className, children } = props
  const scroller = useRef<HTMLDivElement>(null)
  return (
    <div
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className={cn('min-h-0 flex-1 overflow-y-auto border-t -outline-offset-2', className)}
    >
      <Virtualizer scrollRef={scroller} data={data as T[]} {...(itemSize === undefined ? {} : { itemSize })}>
        {children}
      </Virtualizer>
    </div>
  )
}
