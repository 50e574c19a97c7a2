import { useQuery } from '@tanstack/react-query'
import { Check, Copy } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { DocumentLink } from '../../../components/documents/document-link.tsx'
import { namedDocumentsQuery } from '../../../components/documents/queries.ts'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { useCopy } from '../../../lib/browser/use-copy.ts'
import { agentsQuery } from '../../../lib/queries.ts'
import { queryClient } from '../../../lib/query-client.ts'

const askAgain = 5_000

/** No model yet: how to get one, in three steps. The page notices by itself when there is one. */
export function FirstSteps({ name }: { name: string }) {
  useEffect(() => {
    const timer = setInterval(() => void queryClient.invalidateQueries({ queryKey: agentsQuery.queryKey }), askAgain)
    return () => clearInterval(timer)
  }, [])
  const { data: [plan] = [] } = useQuery(namedDocumentsQuery('/docs/launch', 1))
  return (
    <section aria-label="How to add a model" className="rounded-lg border border-dashed px-4 py-3 text-muted text-sm">
      <p>
        <strong className="font-medium text-text">{name}</strong> plays a script: it works offline and shows what an
        agent looks like, but there is no model behind it. Three steps to a real one:
      </p>
      <ol className="mt-2 flex list-decimal flex-col gap-2 pl-5 marker:text-faint">
        <li>Get a key from Anthropic or OpenAI, or start Ollama on this network: that one needs no key.</li>
        <li>
          Start the runtime again with it, one of:
          <Command>ANTHROPIC_API_KEY=… pnpm start</Command>
          <Command>OPENAI_API_KEY=… pnpm start</Command>
          <Command>OLLAMA_BASE_URL=http://localhost:11434 pnpm start</Command>
        </li>
        <li>Come back here. The page sees the model by itself; choose a line above and it answers.</li>
      </ol>
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

function Command({ children }: { children: ReactNode & string }) {
  const { copied, copy } = useCopy(children)
  return (
    <span className="mt-1 flex items-center gap-1">
      <code className="min-w-0 flex-1 break-all rounded-md bg-hover px-2 py-1 font-mono text-text text-xs">
        {children}
      </code>
      <IconButton label={copied ? 'Copied' : 'Copy'} size="sm" onClick={copy}>
        {copied ? <Check className="text-accent-text" /> : <Copy />}
      </IconButton>
    </span>
  )
}
