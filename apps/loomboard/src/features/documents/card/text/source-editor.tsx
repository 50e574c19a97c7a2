import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import { BoundText, type SharedText } from '../../../../components/source/bound-text.ts'
import { setDisputed } from './disputed-places.ts'
import { type EditorOptions, editorExtensions } from './editor-extensions.ts'
import '../../../../components/source/source-editor.css'

export interface SourceEditorHandle {
  focus(): void
  /** Puts words where the cursor is, or at a place. */
  insert(words: string, at?: number): void
  /** Brings a place of the text into sight, with the cursor in it. */
  show(at: number): void
}

export interface SourceEditorProps extends Omit<EditorOptions, 'links'> {
  shared: SharedText
  /** Tells of every change of the shared text. */
  subscribe: (onChange: () => void) => () => void
  links: EditorOptions['links']
  /** What has the focus in the field that this stands in for, and where its cursor is. */
  takesOver: { from: number; to: number } | undefined
  disputed: readonly { from: number; to: number }[]
  ref?: Ref<SourceEditorHandle>
}

/** A Markdown text as it is written. */
export function SourceEditor({ shared, subscribe, takesOver, disputed, ref, ...options }: SourceEditorProps) {
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const onDone = useEffectEvent(() => options.onDone())
  const onBlur = useEffectEvent(() => options.onBlur())
  const onImages = useEffectEvent((files: readonly File[], at: number) => options.onImages?.(files, at))
  const onPickImage = useEffectEvent(() => options.onPickImage?.())
  const here = useEffectEvent(() => options.links.here())
  const elsewhere = useEffectEvent((query: string, signal: AbortSignal) => options.links.elsewhere(query, signal))
  const read = useEffectEvent(() => shared.read())
  const write = useEffectEvent((text: string) => shared.write(text))
  const { label } = options
  const takesImages = options.onImages !== undefined

  useLayoutEffect(() => {
    const bound = new BoundText({ read: () => read(), write: (text) => write(text) })
    const extensions = editorExtensions({
      label,
      links: { here: () => here(), elsewhere: (query, signal) => elsewhere(query, signal) },
      onDone: () => onDone(),
      onBlur: () => onBlur(),
      onImages: takesImages ? (files, at) => onImages(files, at) : undefined,
      onPickImage: takesImages ? () => onPickImage() : undefined,
    })
    const { text } = bound
    const anchor = Math.min(takesOver?.from ?? 0, text.length)
    const head = Math.min(takesOver?.to ?? 0, text.length)
    const made = new EditorView({
      state: EditorState.create({ doc: text, selection: { anchor, head }, extensions: [extensions, bound.extension] }),
      parent: place.current!,
    })
    view.current = made
    bound.attach(made)
    const stop = subscribe(() => bound.look())
    if (takesOver) made.focus()
    return () => {
      stop()
      made.destroy()
    }
    // A text that is taken over is taken over once.
  }, [label, takesImages, subscribe])

  useEffect(() => view.current?.dispatch({ effects: setDisputed.of(disputed) }), [disputed])

  useImperativeHandle(
    ref,
    () => ({
      focus: () => view.current?.focus(),
      insert(words, at) {
        const { current } = view
        if (!current) return
        const { from, to } = at === undefined ? current.state.selection.main : { from: at, to: at }
        current.dispatch({ changes: { from, to, insert: words }, userEvent: 'input' })
      },
      show(at) {
        view.current?.dispatch({ selection: { anchor: at }, scrollIntoView: true })
        view.current?.focus()
      },
    }),
    [],
  )
  return <div ref={place} className="source-editor" />
}
