import { useQuery } from '@tanstack/react-query'
import { DocumentLink } from '../../../components/documents/document-link.tsx'
import { namedDocumentsQuery } from '../../../components/documents/queries.ts'
import { FirstModel } from '../../../components/first-model.tsx'
import { everyMs } from '../../../components/models.ts'
import { agentsQuery } from '../../../lib/queries.ts'

/** No model yet: how to get one. The page notices by itself when there is one. */
export function FirstSteps({ name }: { name: string }) {
  useQuery({ ...agentsQuery, refetchInterval: everyMs })
  const { data: [plan] = [] } = useQuery(namedDocumentsQuery('/docs/launch', 1))
  return (
    <section aria-label="How to add a model" className="rounded-lg border border-dashed px-4 py-3 text-muted text-sm">
      <FirstModel next="; choose a line above and it answers">
        <strong className="font-medium text-text">{name}</strong> plays a script: it works offline and shows what an
        agent looks like, but there is no model behind it.
      </FirstModel>
      {plan && (
        <p className="mt-3">
          Meanwhile:{' '}
          <DocumentLink to={{ path: '/docs/launch' }} className="text-accent-text underline underline-offset-2">
            open the launch plan
          </DocumentLink>{' '}
          in another tab, and ask <strong className="font-medium text-text">launch/drafter</strong> here to draft the
          next publication. You see it change.
        </p>
      )}
    </section>
  )
}
