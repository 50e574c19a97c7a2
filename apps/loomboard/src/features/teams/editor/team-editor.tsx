import { useQuery } from '@tanstack/react-query'
import {
  DefinitionEditor,
  type DefinitionEditorProps,
} from '../../../components/definitions/editor/definition-editor.tsx'
import { Segmented } from '../../../components/ui/segmented.tsx'
import { agentsQuery } from '../../../lib/queries.ts'
import { bundleStarter, plainStarter, type StarterKey, starterKeys, starterWords } from '../model/starters.ts'
import { teamSpec } from './team-spec.ts'

type TeamEditorProps = Omit<DefinitionEditorProps, 'spec' | 'start'> & {
  start?: StarterKey
  onStart?: (start: StarterKey) => void
}

/** Where a team is written; a new one has a graph to begin with. */
export function TeamEditor({ start = 'plain', onStart = () => {}, ...props }: TeamEditorProps) {
  const isNew = props.name === undefined && props.version === undefined
  const { data: agents, isPending } = useQuery({ ...agentsQuery, enabled: isNew })
  const usual = agents?.find((agent) => agent.default) ?? agents?.[0]
  const plain = isPending ? undefined : plainStarter(usual?.name)
  const choice = (
    <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <span aria-hidden="true" className="text-muted text-sm">
        Begin with
      </span>
      <Segmented
        label="Begin with"
        value={start}
        options={starterKeys.map((value) => ({ value, label: starterWords[value] }))}
        onChange={onStart}
      />
      {start === 'agent-teams' && (
        <p className="w-full text-muted text-xs">Its agents come with loomcycle, in the bundle agent-teams.</p>
      )}
    </div>
  )
  return (
    <DefinitionEditor
      {...props}
      spec={teamSpec}
      start={isNew ? { key: start, definition: start === 'plain' ? plain : bundleStarter, choice } : undefined}
    />
  )
}
