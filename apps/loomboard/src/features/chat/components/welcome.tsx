import type { RunnableAgent } from '@loomcycle/client'
import { CornerDownLeft } from 'lucide-react'
import { BrandMark } from '../../../components/shell/brand.tsx'

const modelPrompts = [
  'What can you do here, and what can you not do?',
  'Remember that our launch is on 30 June, and tell me what else you know about me.',
  'Which tools do you have? Try one and show me what it answers.',
]
const scriptedPrompts = ['What is this?', 'Show me some tools', 'Remember that I like tea', 'Write something long']

export function Welcome({ agent, onPrompt }: { agent?: RunnableAgent; onPrompt: (text: string) => void }) {
  const prompts = agent?.scripted ? scriptedPrompts : modelPrompts
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex min-h-full max-w-3xl flex-col justify-end gap-6 px-4 pt-10 pb-6 md:justify-center">
        <div>
          <BrandMark className="mb-4 size-9 text-accent-text" />
          <h2 className="font-display font-semibold text-2xl tracking-tight md:text-3xl">What shall we weave today?</h2>
          <p className="mt-2 max-w-xl text-muted">
            Say what you need. You see every step the agent takes, and you can steer it while it works.
          </p>
        </div>
        <ul className="grid gap-2 sm:grid-cols-2">
          {prompts.map((prompt) => (
            <li key={prompt}>
              <button
                type="button"
                onClick={() => onPrompt(prompt)}
                className="group flex h-full w-full items-start gap-2 rounded-lg border bg-surface px-3.5 py-2.5 text-left text-muted text-sm transition-colors hover:border-line-strong hover:text-text"
              >
                <span className="flex-1">{prompt}</span>
                <CornerDownLeft
                  aria-hidden="true"
                  className="mt-0.5 size-3.5 text-faint opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100"
                />
              </button>
            </li>
          ))}
        </ul>
        {agent?.scripted && <ScriptedNote name={agent.name} />}
      </div>
    </div>
  )
}

function ScriptedNote({ name }: { name: string }) {
  return (
    <aside aria-label="About this agent" className="rounded-lg border border-dashed px-3.5 py-2.5 text-muted text-sm">
      <p>
        <strong className="font-medium text-text">{name}</strong> plays a script: it works offline and shows what an
        agent looks like, but there is no model behind it. To talk to one, set <Variable>ANTHROPIC_API_KEY</Variable>,{' '}
        <Variable>OPENAI_API_KEY</Variable> or <Variable>OLLAMA_BASE_URL</Variable> and start again.
      </p>
    </aside>
  )
}

function Variable({ children }: { children: string }) {
  return <code className="rounded-sm bg-hover px-1 py-0.5 font-mono text-text text-xs">{children}</code>
}
