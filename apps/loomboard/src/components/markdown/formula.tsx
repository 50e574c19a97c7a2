import { memo } from 'react'
import { onDemand, useOnDemand } from '../../lib/on-demand.ts'

const renderer = onDemand(() => import('./katex.ts').then((module) => module.toHtml))

/** A formula; the TeX it is written in while KaTeX is on its way, and where KaTeX cannot read it. */
export const Formula = memo(function Formula({ tex, display }: { tex: string; display: boolean }) {
  const toHtml = useOnDemand(renderer, true)
  const html = toHtml?.(tex, display)
  const Tag = display ? 'div' : 'span'
  if (!html) return <code>{tex}</code>
  return (
    <Tag
      className={display ? 'md-formula' : undefined}
      // KaTeX’s own markup: TeX cannot put HTML or links in it.
      dangerouslySetInnerHTML={{ __html: html }}
    />
  )
})
