import { toMermaid } from '@loomcycle/proto/teams'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { Description } from '../../../components/definitions/description.tsx'
import { Diagram } from '../../../components/markdown/diagrams/diagram.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { Select } from '../../../components/ui/select.tsx'
import { describeError } from '../../../lib/describe-error.ts'
import { toast } from '../../../lib/toast.ts'
import { focusViewIfLost } from '../components/focus.ts'
import type { EditDocument } from '../use-edit-document.ts'
import { teamInUseQuery, teamNamesQuery } from './queries.ts'

/** Which team a board goes by, for everybody who uses it. */
export function BoardTeamDialog({ editing, onClose }: { editing: EditDocument; onClose: () => void }) {
  const saved = editing.boards.get('main')?.fields?.team
  const before = typeof saved === 'string' ? saved : ''
  const [name, setName] = useState(before)
  const [isSaving, setSaving] = useState(false)
  const { data: names, error } = useQuery(teamNamesQuery)
  const { data: team } = useQuery({ ...teamInUseQuery(name), enabled: name !== '' })
  const id = useId()
  const inUse = (names ?? []).flatMap(({ name: each, active_def_id, active_retired }) =>
    active_def_id && !active_retired ? [each] : [],
  )

  async function save(): Promise<void> {
    setSaving(true)
    try {
      await editing.saveBoard('main', { team: name })
      onClose()
    } catch (failure) {
      toast.error('The board was not changed', failure)
    } finally {
      setSaving(false)
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      onClosed={focusViewIfLost}
      title="Team of this board"
      description="Its graph says where cards may go from where they are, whoever moves them."
      className="max-w-2xl"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
        className="flex flex-col gap-3 overflow-y-auto p-4"
      >
        {error && !names ? (
          <p role="alert" className="text-danger text-sm">
            The teams could not be read. {describeError(error).reason}
          </p>
        ) : (
          <label htmlFor={id} className="flex items-center gap-2 text-muted text-sm">
            Team
            <Select id={id} value={name} onChange={(event) => setName(event.target.value)} className="min-w-0 flex-1">
              <option value="">None: cards go anywhere</option>
              {[...new Set([...inUse, ...(before ? [before] : [])])].map((each) => (
                <option key={each}>{each}</option>
              ))}
            </Select>
          </label>
        )}
        {name !== '' && team === null && (
          <p className="text-sm text-warn">No version of {name} is in use, so cards go anywhere.</p>
        )}
        {team && (
          <>
            <Description of={team.graph.description} />
            <Link
              to="/teams/$"
              params={{ _splat: name }}
              className="self-start text-accent-text text-sm underline-offset-2 hover:underline"
            >
              The page of {name}
            </Link>
            <Diagram source={toMermaid(team.graph)} />
          </>
        )}
        <div className="flex justify-end gap-2 border-t pt-3">
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" disabled={isSaving || name === before}>
            {isSaving ? 'Saving…' : 'Save'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
