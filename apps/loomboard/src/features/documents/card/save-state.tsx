import { useRef } from 'react'
import { cn } from '../../../lib/cn.ts'
import type { ChunkEdit } from '../writing/chunk-edit.ts'

/** Whether what one sees is what the server has. */
export function SaveState({ edit }: { edit: ChunkEdit | undefined }) {
  const wasEdited = useRef(false)
  if (edit) wasEdited.current = true
  const said = words(edit)
  return (
    <span
      role="status"
      className={cn('shrink-0 text-xs', edit?.problem ? 'text-warn' : 'text-faint', !wasEdited.current && 'sr-only')}
    >
      {wasEdited.current ? said : ''}
    </span>
  )
}

function words(edit: ChunkEdit | undefined): string {
  if (!edit) return 'Saved'
  switch (edit.problem?.kind) {
    case undefined:
      return 'Saving…'
    case 'unanswered':
      return 'Waiting to be saved'
    case 'conflict':
    case 'refused':
    case 'gone':
      return 'Not saved'
  }
}
