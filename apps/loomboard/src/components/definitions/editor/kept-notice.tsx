import { Button } from '../../ui/button.tsx'
import type { Entry } from '../queries.ts'
import type { Draft } from './draft.ts'
import type { Base } from './use-base.ts'
import type { useDraft } from './use-draft.ts'

interface KeptNoticeProps {
  drafts: ReturnType<typeof useDraft>
  base: Base
  begun: Draft
  entry: Entry | undefined
  isNew: boolean
}

/** What was written before and not saved is here again; whether it is still about what there is now. */
export function KeptNotice({ drafts, base, begun, entry, isNew }: KeptNoticeProps) {
  const { draft, others } = drafts
  if (!drafts.isChanged || !(drafts.wasThere || others > 0)) return null
  const isOlder = !isNew && draft.base !== begun.base
  const isNews = !isNew && entry?.active_def_id !== undefined && base.def_id !== entry.active_def_id
  return (
    <div
      role="status"
      className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border bg-surface px-4 py-2.5 text-sm"
    >
      <p className="min-w-0 flex-1 basis-60">
        What you wrote before and did not save is here again.
        {isOlder && ` It was begun on another version than ${base.words}: the review shows what is different.`}
        {isNews && ' Another version is in use by now.'}
      </p>
      {others > 0 && (
        <Button size="sm" onClick={drafts.swap}>
          Show another one
        </Button>
      )}
      <Button size="sm" variant="ghost" onClick={drafts.discard}>
        Throw it away
      </Button>
    </div>
  )
}
