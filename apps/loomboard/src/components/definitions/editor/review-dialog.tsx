import { useMutation, useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { joined } from '../../../lib/joined.ts'
import { toast } from '../../../lib/toast.ts'
import { LineDiff } from '../../line-diff.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Textarea } from '../../ui/textarea.tsx'
import { unifiedDiff } from '../../unified-diff.ts'
import { type Definition, inOrder, toText } from '../definition-text.ts'
import { type Entry, libraryQuery, refreshDefinitions, saveDefinition } from '../queries.ts'
import type { Draft } from './draft.ts'
import { type DefinitionSpec, otherKeys } from './field.ts'
import { type FieldProblem, fieldProblem } from './field-problem.ts'
import { type Saving, saveInput, staysInFork } from './save.ts'
import type { Base } from './use-base.ts'

export interface ReviewDialogProps {
  spec: DefinitionSpec
  base: Base
  draft: Draft
  definition: Definition
  onNote: (note: string) => void
  /** The runtime says what is wrong with a field. */
  onRefused: (problem: FieldProblem) => void
  onClose: () => void
  onSaved: () => void
}

function versionInUse(entry: Entry | undefined): Saving['inUse'] {
  const { active_def_id: def_id, active_definition: definition, active_retired } = entry ?? {}
  return def_id && definition && !active_retired ? { def_id, definition } : undefined
}

/** What will change, before it does; and whether it is used at once. */
export function ReviewDialog(props: ReviewDialogProps) {
  const { spec, base, draft, definition, onRefused, onSaved } = props
  // Somebody else may have saved one while this was written.
  const { data: entries } = useQuery({ ...libraryQuery(spec.family), refetchOnMount: 'always' })
  const entry = entries?.find(({ name }) => name === draft.name)
  const [isPromoted, setPromoted] = useState(true)
  const [problem, setProblem] = useState('')
  const note = useId()
  const saving: Saving = {
    name: draft.name,
    isConfigured: entry?.in_static ?? false,
    base: base.name ? base : undefined,
    inUse: versionInUse(entry),
    definition,
    note: draft.note,
    promote: isPromoted,
  }
  const stays = staysInFork(spec, saving)
  const { unknown } = otherKeys(spec, definition)
  const inUse = base.name === draft.name ? entry?.active_def_id : undefined
  const isNews = inUse !== undefined && inUse !== base.def_id && !entry?.active_retired
  const was = toText(inOrder(base.definition))
  const is = toText(inOrder(definition))

  const save = useMutation({
    mutationFn: () => saveDefinition(spec.family, saveInput(saving)),
    onSuccess: async ({ version, deduplicated }) => {
      await refreshDefinitions(spec.family)
      if (deduplicated) toast.info('Nothing was saved', 'The version in use says the same.')
      else toast.info(isPromoted ? `Version ${version} is in use` : `Version ${version} is saved, and not in use`)
      onSaved()
    },
    onError: (error) => {
      const found = fieldProblem(error)
      if (found.path.length > 0) onRefused(found)
      else setProblem(found.message)
    },
  })

  return (
    <Dialog open onOpenChange={props.onClose} title="What will change" className="max-w-2xl">
      <form
        className="flex min-h-0 flex-col"
        onSubmit={(event) => {
          event.preventDefault()
          if (!save.isPending) save.mutate()
        }}
      >
        <div className="flex min-h-0 flex-col gap-3 overflow-y-auto p-4">
          {problem && (
            <p
              role="alert"
              className="rounded-md border border-danger-line bg-danger-soft px-3 py-2 text-danger text-sm"
            >
              Not saved. {problem}
            </p>
          )}
          <p className="text-muted text-sm">
            {base.name ? `Compared with ${base.words}.` : `A new ${spec.family}, ${draft.name}.`}
          </p>
          {was === is ? (
            <p className="text-sm">It says the same as before.</p>
          ) : (
            <LineDiff diff={unifiedDiff(was, is)} />
          )}
          {isNews && (
            <p className="text-sm text-warn">
              This was not written on the version in use: what that says and this does not is not in it.
            </p>
          )}
          {stays.length > 0 && (
            <p className="text-sm text-warn">
              {joined(stays)} {stays.length === 1 ? 'stays as it was' : 'stay as they were'}: what is laid over another
              version can change that and not take it away.
            </p>
          )}
          {unknown.length > 0 && (
            <p className="text-sm text-warn">The runtime knows nothing of {joined(unknown)}, and leaves it out.</p>
          )}
          <div>
            <label htmlFor={note} className="block font-medium text-sm">
              What is new
            </label>
            <Textarea
              id={note}
              rows={2}
              maxLength={8000}
              placeholder="For whoever looks at the versions later"
              value={draft.note}
              onChange={({ target }) => props.onNote(target.value)}
              className="mt-1 max-h-40 w-full overflow-y-auto rounded-md border border-line-strong bg-bg px-2.5 py-1.5 text-sm"
            />
          </div>
          <fieldset className="flex flex-col gap-1 text-sm">
            <legend className="sr-only">When it is used</legend>
            <Choice checked={isPromoted} onChoose={() => setPromoted(true)}>
              Put it to use: whatever begins from now on uses it
            </Choice>
            <Choice checked={!isPromoted} onChoose={() => setPromoted(false)}>
              Only save it as a version, to be put to use later
            </Choice>
          </fieldset>
        </div>
        <div className="flex shrink-0 justify-end gap-2 border-t px-4 py-3">
          <Button variant="ghost" onClick={props.onClose}>
            Go on writing
          </Button>
          <Button type="submit" variant="primary" disabled={save.isPending}>
            {save.isPending ? 'Saving…' : 'Save'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function Choice(props: { checked: boolean; onChoose: () => void; children: string }) {
  return (
    <label className="flex items-start gap-2 coarse:min-h-10 coarse:items-center">
      <input
        type="radio"
        name="promote"
        checked={props.checked}
        onChange={props.onChoose}
        className="mt-0.5 size-4 accent-accent"
      />
      {props.children}
    </label>
  )
}
