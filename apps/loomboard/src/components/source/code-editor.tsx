import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { EditorState, type Extension, Prec } from '@codemirror/state'
import { EditorView, keymap, lineNumbers, placeholder } from '@codemirror/view'
import { useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react'
import { BoundText } from './bound-text.ts'
import { continuedList } from './continue-list.ts'
import { markdownLanguage } from './markdown-language.ts'
import type { SourceFieldProps } from './source-field.tsx'
import { yamlLanguage } from './yaml-language.ts'
import './source-editor.css'

/** Brings what is typed elsewhere under the hands of whoever types here; Tab leaves it, as it leaves any field. */
export function CodeEditor({ label, value, onChange, language, describedBy, hint, isInvalid }: SourceFieldProps) {
  const place = useRef<HTMLDivElement>(null)
  const bound = useRef<BoundText>(undefined)
  const current = useRef(value)
  const read = useEffectEvent(() => current.current)
  const write = useEffectEvent((text: string) => {
    current.current = text
    onChange(text)
  })

  useLayoutEffect(() => {
    const shared = new BoundText({ read: () => read(), write: (text) => write(text) })
    bound.current = shared
    const view = new EditorView({
      state: EditorState.create({
        doc: shared.text,
        extensions: [extensionsOf({ label, language, hint, describedBy }), shared.extension],
      }),
      parent: place.current!,
    })
    shared.attach(view)
    return () => view.destroy()
  }, [label, language, hint, describedBy])

  useEffect(() => {
    current.current = value
    bound.current?.look()
  }, [value])

  useEffect(() => {
    const field = place.current?.querySelector('.cm-content')
    if (isInvalid) field?.setAttribute('aria-invalid', 'true')
    else field?.removeAttribute('aria-invalid')
  }, [isInvalid])

  return <div ref={place} className="source-editor" />
}

function extensionsOf({
  label,
  language,
  hint = '',
  describedBy,
}: Pick<SourceFieldProps, 'label' | 'language' | 'hint' | 'describedBy'>): Extension {
  return [
    history(),
    grammars[language],
    EditorView.lineWrapping,
    placeholder(hint),
    EditorView.contentAttributes.of({
      'aria-label': label,
      spellcheck: language === 'markdown' ? 'true' : 'false',
      ...(describedBy ? { 'aria-describedby': describedBy } : {}),
    }),
    keymap.of([...historyKeymap, ...defaultKeymap]),
  ]
}

const lists = Prec.high(
  keymap.of([
    {
      key: 'Enter',
      run(view) {
        const next = continuedList(view.state)
        if (next) view.dispatch(next)
        return next !== undefined
      },
    },
  ]),
)

const grammars: Record<SourceFieldProps['language'], Extension> = {
  yaml: [yamlLanguage, lineNumbers()],
  markdown: [markdownLanguage, lists],
  plain: lineNumbers(),
}
