import { createContext, useContext, useEffect, useMemo, useState } from 'react'
import { resolvedTheme, useTheme } from '../../../lib/browser/theme.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { CodeBlock } from '../code/code-block.tsx'
import { PlainBlock } from '../plain/plain-block.tsx'
import { useFocusWhen } from '../use-focus-when.ts'
import { isBoundless, isLightDiagram } from './diagram-weight.ts'

/** Whether more of the text is on its way. */
export const Growing = createContext(false)

type Drawn = { source: string; picture: string } | { source: string; problem: string }

/**
 * A Mermaid diagram, drawn when its text is complete. It is shown as a picture: whatever the text smuggled into the
 * drawing, a picture runs no script, follows no link and fetches nothing.
 */
export function Diagram({ source }: { source: string }) {
  const choice = useTheme()
  const growing = useContext(Growing)
  const [view, setView] = useState<'diagram' | 'code'>('diagram')
  const [drawn, setDrawn] = useState<Drawn>()
  const isLight = useMemo(() => isLightDiagram(source), [source])
  const [wanted, setWanted] = useState('')
  const isWanted = isLight || wanted === source

  useEffect(() => {
    if (growing || !isWanted) return
    let current = true
    import('./mermaid.ts')
      .then(({ drawDiagram }) => drawDiagram(source, resolvedTheme()))
      .then(
        (svg) => current && setDrawn({ source, picture: `data:image/svg+xml,${encodeURIComponent(svg)}` }),
        (error: unknown) =>
          current && setDrawn({ source, problem: error instanceof Error ? error.message : String(error) }),
      )
    return () => {
      current = false
    }
  }, [source, choice, growing, isWanted])

  const asked = !isLight && drawn?.source === source
  const place = useFocusWhen<HTMLElement>(asked)
  const picture = drawn?.source === source && 'picture' in drawn ? drawn.picture : undefined
  const problem = drawn?.source === source && 'problem' in drawn ? drawn.problem : undefined
  if (growing) return <CodeBlock code={source} info="mermaid" />
  if (!isWanted || (!isLight && !drawn))
    return (
      <PlainBlock
        text={source}
        why="large"
        busy={isWanted}
        onDraw={isBoundless(source) ? undefined : () => setWanted(source)}
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
