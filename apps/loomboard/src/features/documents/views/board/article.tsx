import { useDraggable } from '@dnd-kit/core'
import type { ComponentProps } from 'react'

export interface ArticleProps extends ComponentProps<'article'> {
  id: string
  /** It cannot be taken up. */
  isHeld: boolean
}

/**
 * A card as far as it can be carried. All of them are told when one is lifted and whenever it comes over another
 * column; what stands in them is not drawn again for that.
 */
export function Article({ id, isHeld, children, ...rest }: ArticleProps) {
  const { setNodeRef, listeners } = useDraggable({ id, disabled: isHeld })
  return (
    <article ref={setNodeRef} data-card={id} {...rest} {...listeners}>
      {children}
    </article>
  )
}
