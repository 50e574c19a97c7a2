import type { TokenLimit } from '@loomcycle/client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { Skeleton } from '../../../components/ui/skeleton.tsx'
import { cn } from '../../../lib/cn.ts'
import { describeError } from '../../../lib/describe-error.ts'
import { whoamiQuery } from '../../../lib/queries.ts'
import { toast } from '../../../lib/toast.ts'
import { asSet, type LimitState, scopesOf, stateOf, whoseInWords } from '../model/limits.ts'
import { limitsQuery, removeLimit, saveLimit } from '../queries.ts'
import { LimitDialog } from './limit-dialog.tsx'

/** How much may be taken in a month, and how much of it is. */
export function Limits() {
  const { data, error, refetch } = useQuery(limitsQuery)
  const { data: me } = useQuery(whoamiQuery)
  const [editing, setEditing] = useState<TokenLimit | 'new'>()
  const maySet = scopesOf(me?.is_admin === true)
  const add = useRef<HTMLButtonElement>(null)
  return (
    <section aria-label="Limits">
      <div className="mb-2 flex items-center justify-between gap-2">
        <h2 className="font-display font-semibold text-base">Limits of a month</h2>
        <Button ref={add} size="sm" onClick={() => setEditing('new')}>
          <Plus aria-hidden="true" />
          New limit
        </Button>
      </div>
      {error && !data ? (
        <p role="alert" className="flex flex-wrap items-center gap-2 text-danger text-sm">
          The limits could not be loaded: {describeError(error).reason}
          <Button size="sm" onClick={() => void refetch()}>
            Try again
          </Button>
        </p>
      ) : !data ? (
        <Skeleton className="h-12" />
      ) : data.length === 0 ? (
        <p className="rounded-lg border border-dashed px-4 py-3 text-muted text-sm">
          None is set: whoever may use this runtime may take as many tokens as they like. A limit can be of a person, of
          everybody, or of the whole runtime.
        </p>
      ) : (
        <ul className="divide-y rounded-lg border bg-surface">
          {data.map((limit) => (
            <li key={`${limit.scope} ${limit.tenant_id} ${limit.scope_id ?? ''}`}>
              <LimitRow
                limit={limit}
                maySet={maySet.includes(limit.scope)}
                onEdit={() => setEditing(limit)}
                onRemoved={() => add.current?.focus()}
              />
            </li>
          ))}
        </ul>
      )}
      {editing && (
        <LimitDialog
          scopes={maySet}
          limit={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
        />
      )}
    </section>
  )
}

const barStyle: Record<LimitState['level'], string> = { well: 'bg-accent', soft: 'bg-warn', hard: 'bg-danger' }

function LimitRow(props: { limit: TokenLimit; maySet: boolean; onEdit: () => void; onRemoved: () => void }) {
  const { limit, maySet, onEdit, onRemoved } = props
  const whose = whoseInWords(limit)
  const { share, level, words } = stateOf(limit)
  const remove = useMutation({
    mutationFn: () => removeLimit(limit),
    onSuccess: () => {
      onRemoved()
      toast.withUndo(`The limit of ${whose} is taken away`, () => {
        saveLimit(asSet(limit)).catch((error) => toast.error('The limit could not be set again', error))
      })
    },
    onError: (error) => toast.error('The limit was not taken away', error),
  })
  return (
    <div className="flex items-start gap-2 py-3 pr-2 pl-4">
      <div className="min-w-0 flex-1">
        <p className="font-medium text-sm [overflow-wrap:anywhere]">{whose}</p>
        <div aria-hidden="true" className="my-1.5 h-1.5 overflow-hidden rounded-full bg-hover">
          <div className={cn('h-full rounded-full', barStyle[level])} style={{ width: `${share * 100}%` }} />
        </div>
        <p className={cn('text-xs', level === 'well' ? 'text-muted' : level === 'soft' ? 'text-warn' : 'text-danger')}>
          {words}
        </p>
      </div>
      {maySet && (
        <>
          <IconButton label={`Change the limit of ${whose}`} data-tip="Change" size="sm" onClick={onEdit}>
            <Pencil />
          </IconButton>
          <IconButton
            label={`Take the limit of ${whose} away`}
            data-tip="Take away"
            size="sm"
            disabled={remove.isPending}
            onClick={() => remove.mutate()}
          >
            <Trash2 />
          </IconButton>
        </>
      )}
    </div>
  )
}
