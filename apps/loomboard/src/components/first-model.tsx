import { Check, Copy } from 'lucide-react'
import type { ReactNode } from 'react'
import { useCopy } from '../lib/browser/use-copy.ts'
import { useResolver } from './models.ts'
import { IconButton } from './ui/icon-button.tsx'

export interface FirstModelProps {
  /** Why. */
  children: ReactNode
  /** What to do once there is one. */
  next?: string
}

/** How to get a first model, after why; where the runtime looks for one by itself, that comes first. */
export function FirstModel({ children, next = '' }: FirstModelProps) {
  const sought = useResolver()?.providers['ollama-local']?.last_error
  return (
    <>
      <p>
        {children} {sought === undefined ? 'Three steps to a real one:' : 'Two ways to a real one:'}
      </p>
      {sought === undefined ? <ByStartingAgain next={next} /> : <ByItself sought={sought} />}
    </>
  )
}

function ByItself({ sought }: { sought: string }) {
  return (
    <ul className="mt-2 flex list-disc flex-col gap-2 pl-5 marker:text-faint">
      <li>
        Start Ollama on this machine with a model in it. It needs no key, and nothing has to be started again: the
        runtime looks for it every few seconds.
        <Command>ollama pull qwen3:4b</Command>
        <span role="status" className="mt-1 block text-faint text-xs [overflow-wrap:anywhere]">
          {sought}
        </span>
      </li>
      <li>
        Or get a key from Anthropic or OpenAI, and start the runtime again with it: one that runs cannot see a variable
        that is set later.
        <Command>ANTHROPIC_API_KEY=… pnpm start</Command>
        <Command>OPENAI_API_KEY=… pnpm start</Command>
      </li>
    </ul>
  )
}

function ByStartingAgain({ next }: { next: string }) {
  return (
    <ol className="mt-2 flex list-decimal flex-col gap-2 pl-5 marker:text-faint">
      <li>Get a key from Anthropic or OpenAI, or start Ollama on this network: that one needs no key.</li>
      <li>
        Start the runtime again with it, one of:
        <Command>ANTHROPIC_API_KEY=… pnpm start</Command>
        <Command>OPENAI_API_KEY=… pnpm start</Command>
        <Command>OLLAMA_BASE_URL=http://localhost:11434 pnpm start</Command>
      </li>
      <li>Come back here. The page sees the model by itself{next}.</li>
    </ol>
  )
}

function Command({ children }: { children: string }) {
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
