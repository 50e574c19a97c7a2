import { useRef } from 'react'
import { cn } from '../../../lib/cn.ts'
import type { ChunkEdit } from '../writing/chunk-edit.ts'
import { keyName } from '../writing/patch.ts'

/** Whether what one sees is what the server has. */
export function SaveState({ edit }: { edit: ChunkEdit | undefined }) {
  const wasEdited = useRef(false)
  if (edit) wasEdited.current = true
  const said = words(edit)
  return (
    <span
      role="status"
      className={cn(
        'inline-flex shrink-0 items-center gap-1.5 text-xs',
        edit?.problem ? 'text-warn' : 'text-faint',
        !wasEdited.current && 'sr-only',
      )}
    >
      {wasEdited.current && (
        <>
          <span aria-hidden="true" className={cn('size-1.5 rounded-full', dot(edit))} />
          <span>{said}</span>
          <span className="max-xl:sr-only">{why(edit)}</span>
        </>
      )}
    </span>
  )
}

function dot(edit: ChunkEdit | undefined): string {
  if (!edit) return 'bg-accent'
  return edit.problem ? 'bg-warn' : 'animate-breathe bg-faint'
}

function why(edit: ChunkEdit | undefined): string {
  switch (edit?.problem?.kind) {
    case 'conflict':
      return `two versions of the ${edit.problem.keys.map(keyName).join(' and the ')}`
    case 'refused':
      return 'it was refused'
    case 'gone':
      return 'it has been deleted'
    default:
      return ''
  }
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
