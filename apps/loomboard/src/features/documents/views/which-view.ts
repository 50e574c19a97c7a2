import { isCardByItself } from '../model/cards.ts'
import type { DocumentSearch } from '../model/document-search.ts'
import type { OutlineChunk } from '../model/outline.ts'
import { views } from './index.ts'
import type { View } from './view.ts'

/** The view that the address asks for, or else the one that suits the document: a board where there are cards. */
export function whichView({ view }: DocumentSearch, chunks: Iterable<OutlineChunk>, rootId: string): View {
  const asked = views.find(({ id }) => id === view)
  return asked ?? views.find(({ id }) => id === (hasBoard(chunks, rootId) ? 'board' : 'outline')) ?? views[0]!
}

function hasBoard(chunks: Iterable<OutlineChunk>, rootId: string): boolean {
  for (const chunk of chunks) if (chunk.natural_key === 'board:main' || isCardByItself(chunk, rootId)) return true
  return false
}
