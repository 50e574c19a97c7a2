import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { MessageSquarePlus } from 'lucide-react'
import { DefinitionPage } from '../../../components/definitions/definition-page.tsx'
import { Part } from '../../../components/definitions/part.tsx'
import { definitionInUse, type Entry } from '../../../components/definitions/queries.ts'
import { Face } from '../../../components/face.tsx'
import { CodeBlock } from '../../../components/markdown/code/code-block.tsx'
import { Badge } from '../../../components/ui/badge.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { agentsQuery } from '../../../lib/queries.ts'
import { modelWords } from '../model/grants.ts'
import { Evaluations } from './evaluations.tsx'
import { Grants } from './grants.tsx'

export interface AgentPageProps {
  name: string
  /** The two versions that are compared: `from..to`. */
  compare: string | undefined
}

/** One agent: what it is, what it may do, and what it was before. */
export function AgentPage({ name, compare }: AgentPageProps) {
  const navigate = useNavigate()
  const { data: runnable } = useQuery(agentsQuery)
  const started = runnable?.find((one) => one.name === name)
  return (
    <DefinitionPage
      family="agent"
      name={name}
      compare={compare}
      face={<Face name={name} isAgent className="size-9" />}
      badges={() => started?.default && <Badge tone="accent">Default</Badge>}
      actions={() => (
        <Button
          variant="primary"
          disabled={!started}
          onClick={() => void navigate({ to: '/chat', search: { agent: name } })}
        >
          <MessageSquarePlus aria-hidden="true" />
          Start a chat
        </Button>
      )}
      onceRetired={({ static_definition }) =>
        static_definition
          ? 'What is configured is used instead.'
          : 'Nobody can start this agent until another version is put to use.'
      }
    >
      {(entry) => <Agent entry={entry} started={started} />}
    </DefinitionPage>
  )
}

function Agent({ entry, started }: { entry: Entry; started: { scripted?: boolean } | undefined }) {
  const definition = definitionInUse(entry)
  const { system_prompt } = definition
  return (
    <>
      <Part title="Model">
        <p className="text-sm">
          {started?.scripted ? 'It plays a script; no model is behind it.' : modelWords(definition)}
        </p>
      </Part>
      <Part title="What it may do">
        <Grants definition={definition} />
        <p className="mt-3 border-t pt-3 text-muted text-sm">
          {started
            ? 'You may start it, and so may everybody here who may start runs.'
            : 'It cannot be started by you, or not as it is now.'}
        </p>
      </Part>
      <Part title="Instructions" bare>
        {typeof system_prompt === 'string' && system_prompt !== '' ? (
          <CodeBlock code={system_prompt} info="markdown" />
        ) : (
          <p className="px-1 text-muted text-sm">None: it is told nothing before you speak to it.</p>
        )}
      </Part>
      <Part title="Evaluations">
        <Evaluations of={entry.active_def_id ?? entry.name} />
      </Part>
    </>
  )
}
