import { onDemand, useOnDemand } from '../../lib/on-demand.ts'
import { Textarea } from '../ui/textarea.tsx'

export interface SourceFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  language: 'yaml' | 'markdown' | 'plain'
  /** Stands there while nothing does. */
  hint?: string
  describedBy?: string
  isInvalid?: boolean
}

const codeEditor = onDemand(() => import('./code-editor.tsx').then((module) => module.CodeEditor))
/** What cannot tell where letters stand has a plain field. */
const canMeasure = typeof Range !== 'undefined' && 'getClientRects' in Range.prototype

/** A text as it is written, with its colours once the editor is here. */
export function SourceField(props: SourceFieldProps) {
  const Editor = useOnDemand(codeEditor, true, { held: !canMeasure })
  if (Editor) return <Editor {...props} />
  return (
    <Textarea
      aria-label={props.label}
      aria-describedby={props.describedBy}
      aria-invalid={props.isInvalid || undefined}
      placeholder={props.hint}
      dir="auto"
      spellCheck={props.language === 'markdown'}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
      className="max-h-[70vh] min-h-48 w-full overflow-y-auto rounded-md border border-line-strong bg-bg px-3 py-2 font-mono text-sm leading-6 -outline-offset-1"
    />
  )
}
