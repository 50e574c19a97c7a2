import { createContext, useContext, useEffect, useMemo, useState } from 'react'
import { resolvedTheme, useTheme } from '../../../lib/browser/theme.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { CodeBlock } from '../code/code-block.tsx'
import { PlainBlock } from '../plain/plain-block.tsx'
import { useFocusWhen } from '../use-focus-when.ts'
import { diagramTextOf, statementsOf } from './diagram-text.ts'
import { isBoundless, isLightDiagram } from './diagram-weight.ts'

/** Whether more of the text is on its way. */
export const Growing = createContext(false)

type Drawn = { source: string; picture: string } | { source: string; problem: string }

/**
 * A Mermaid diagram, drawn when its text is complete, from what of it configures nothing and fetches nothing. It is shown
 * as a picture, which runs no script and follows no link.
 */
export function Diagram({ source }: { source: string }) {
  const choice = useTheme()
  const growing = useContext(Growing)
  const [view, setView] = useState<'diagram' | 'code'>('diagram')
  const [drawn, setDrawn] = useState<Drawn>()
  const diagram = useMemo(() => diagramTextOf(source), [source])
  const isLight = diagram !== undefined && isLightDiagram(diagram)
  const [wanted, setWanted] = useState('')
  const isWanted = isLight || wanted === source

  useEffect(() => {
    if (growing || !isWanted || !diagram) return
    let current = true
    import('./mermaid.ts')
      .then(({ drawDiagram }) => drawDiagram(statementsOf(diagram), resolvedTheme()))
      .then(
        (svg) => current && setDrawn({ source, picture: `data:image/svg+xml,${encodeURIComponent(svg)}` }),
        (error: unknown) =>
          current && setDrawn({ source, problem: error instanceof Error ? error.message : String(error) }),
      )
    return () => {
      current = false
    }
  }, [source, diagram, choice, growing, isWanted])

  const asked = !isLight && drawn?.source === source
  const place = useFocusWhen<HTMLElement>(asked)
  const picture = drawn?.source === source && 'picture' in drawn ? drawn.picture : undefined
  const problem = drawn?.source === source && 'problem' in drawn ? drawn.problem : undefined
  if (growing) return <CodeBlock code={source} info="mermaid" />
  if (!isWanted || (!isLight && !drawn))
    return (
      <PlainBlock
        text={source}
        why={diagram ? 'large' : 'unknown'}
        busy={isWanted}
        onDraw={!diagram || isBoundless(diagram) ? undefined : () => setWanted(source)}
      />
    )
  return (
    <figure ref={place} tabIndex={asked ? -1 : undefined} className="md-code outline-none">
      <div className="mb-1.5 flex items-center gap-2">
        <Segmented
          label="Show as"
          value={view}
          options={[
            { value: 'diagram', label: 'Diagram' },
            { value: 'code', label: 'Code' },
          ]}
          onChange={setView}
        />
        {picture && view === 'diagram' && (
          <a href={picture} download="diagram.svg" className="text-sm">
            Save
          </a>
        )}
      </div>
      {view === 'diagram' && picture && (
        <div className="overflow-x-auto rounded-lg border bg-bg p-3">
          <img src={picture} alt={`Diagram: ${source}`} className="mx-auto max-h-[70vh] max-w-full" />
        </div>
      )}
      {view === 'diagram' && problem && (
        <p className="pb-1 text-muted text-sm">This could not be drawn: {problem.split('\n')[0]}</p>
      )}
      {(view === 'code' || !picture) && <CodeBlock code={source} info="mermaid" />}
    </figure>
  )
}
