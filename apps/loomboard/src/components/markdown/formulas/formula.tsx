import { memo, startTransition, useEffect, useMemo, useState } from 'react'
import { clip } from '../../../lib/format.ts'
import { onDemand, useOnDemand } from '../../../lib/on-demand.ts'
import { useTurn } from '../budget/use-turn.ts'
import { PlainBlock } from '../plain/plain-block.tsx'
import { useFocusWhen } from '../use-focus-when.ts'
import { type FormulaAnswer, formulaApart, setApart } from './formula-apart.ts'
import { isLightFormula, weighFormula } from './formula-weight.ts'

const renderer = onDemand(() => import('./katex-page.ts').then((module) => module.toHtml))

interface FormulaProps {
  tex: string
  display: boolean
}

/** A formula; the TeX it is written in while KaTeX is on its way, and where KaTeX cannot read it. */
export const Formula = memo(function Formula({ tex, display }: FormulaProps) {
  const isLight = useMemo(() => isLightFormula(tex), [tex])
  return isLight ? <LightFormula tex={tex} display={display} /> : <HeavyFormula tex={tex} display={display} />
})

function LightFormula({ tex, display }: FormulaProps) {
  const toHtml = useOnDemand(renderer, true)
  const isLoaded = toHtml !== undefined
  if (!isLoaded) return <Tex tex={tex} />
  return <SetFormula tex={tex} display={display} toHtml={toHtml} />
}

function SetFormula({
  tex,
  display,
  toHtml,
}: FormulaProps & { toHtml: NonNullable<ReturnType<typeof renderer.loaded>> }) {
  const isOurTurn = useTurn(weighFormula(tex), false)
  const html = useMemo(() => (isOurTurn ? toHtml(tex, display) : undefined), [isOurTurn, toHtml, tex, display])
  return html ? <Html html={html} display={display} /> : <Tex tex={tex} />
}

/** Set in a worker. What takes too long, or comes to too much, stays TeX. */
function HeavyFormula({ tex, display }: FormulaProps) {
  useOnDemand(renderer, true)
  const [answer, setAnswer] = useState<FormulaAnswer | undefined>(() => formulaApart(tex, display))
  const [asked, setAsked] = useState<'no' | 'busy' | 'done'>('no')

  useEffect(() => {
    const known = formulaApart(tex, display)
    if (known) return setAnswer(known)
    let current = true
    void setApart(tex, display).then((fresh) => current && startTransition(() => setAnswer(fresh)))
    return () => {
      current = false
    }
  }, [tex, display])

  const draw = () => {
    setAsked('busy')
    void setApart(tex, display, true).then((fresh) =>
      startTransition(() => {
        setAnswer(fresh)
        setAsked('done')
      }),
    )
  }
  if (!answer) return <Tex tex={tex} />
  if ('html' in answer) return <Html html={answer.html} display={display} asked={asked === 'done'} />
  if (!display) return <Tex tex={tex} />
  return (
    <PlainBlock
      text={tex}
      why={answer.refused}
      busy={asked === 'busy'}
      onDraw={asked === 'done' || answer.refused === 'broken' ? undefined : draw}
    />
  )
}

function Tex({ tex }: { tex: string }) {
  return <code>{clip(tex, 1000)}</code>
}

function Html({ html, display, asked = false }: { html: string; display: boolean; asked?: boolean }) {
  const place = useFocusWhen<HTMLDivElement>(asked)
  const Tag = display ? 'div' : 'span'
  return (
    <Tag
      ref={place}
      tabIndex={asked ? -1 : undefined}
      className={display ? 'md-formula' : undefined}
      // KaTeX’s own markup: TeX cannot put HTML or links in it.
      dangerouslySetInnerHTML={{ __html: html }}
    />
  )
}
