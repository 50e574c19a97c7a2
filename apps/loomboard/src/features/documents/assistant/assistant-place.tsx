import { memo, useCallback, useMemo } from 'react'
import { OpenDocument } from '../../../components/documents/open-document.ts'
import { Sheet } from '../../../components/ui/sheet.tsx'
import { useStore } from '../../../lib/browser/store.ts'
import { focusViewIfLost } from '../components/focus.ts'
import type { DocumentSearch } from '../model/document-search.ts'
import { selectionOf } from '../selection/use-selection.ts'
import { aboutOf, type LookedAt } from './about.ts'
import { rememberSession } from './last-session.ts'
import { sharesPlace } from './room.ts'
import type { AssistantSlot } from './slot.ts'

interface AssistantPlaceProps extends Omit<LookedAt, 'selected'> {
  assistant: AssistantSlot
  session: string
  focused: boolean
  /** Beside the page; or else over it. */
  isBeside: boolean
  onSearch: (changed: Partial<DocumentSearch>, replace: boolean) => void
}

/** Where the assistant is: beside the page, or on a sheet over it. It is told what one looks at. */
export const AssistantPlace = memo(function AssistantPlace(props: AssistantPlaceProps) {
  const { assistant, session, focused, isBeside, onSearch, ...looked } = props
  const { document_id: documentId, paths } = looked.document
  const { ids: selected } = useStore(selectionOf(documentId))
  const close = useCallback(() => {
    onSearch({ assistant: undefined }, false)
    focusViewIfLost()
  }, [onSearch])
  const onSession = useCallback(
    (next: string) => {
      rememberSession(documentId, next)
      onSearch({ assistant: next }, true)
    },
    [documentId, onSearch],
  )
  // What is said of cards here is looked at here.
  const here = useMemo(
    () => ({
      is: ({ id, path }: { id?: string; path?: string }) =>
        path === undefined ? id === documentId : paths.includes(path),
      withCard: (search: object, card: string) => ({
        ...search,
        card,
        ...(sharesPlace() || !isBeside ? { assistant: undefined } : {}),
      }),
    }),
    [documentId, paths, isBeside],
  )
  const panel = (
    <OpenDocument value={here}>
      {assistant({ documentId, session, focused, onSession, onClose: close, ...aboutOf({ ...looked, selected }) })}
    </OpenDocument>
  )
  if (!isBeside) {
    return (
      <Sheet open onOpenChange={(open) => !open && close()} title="Assistant" side="bottom">
        {panel}
      </Sheet>
    )
  }
  return (
    <aside
      aria-label="Beside the document"
      className="flex w-[26rem] shrink-0 animate-fade-in flex-col border-l bg-bg print:hidden"
    >
      {panel}
    </aside>
  )
})
