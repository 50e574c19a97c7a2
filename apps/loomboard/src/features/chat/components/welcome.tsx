import type { RunnableAgent } from '@loomcycle/client'
import { CornerDownLeft } from 'lucide-react'
import { BrandMark } from '../../../components/shell/brand.tsx'
import { onDemand, useOnDemand } from '../../../lib/on-demand.ts'

const modelPrompts = [
  'What can you do here, and what can you not do?',
  'Remember that our launch is on 30 June, and tell me what else you know about me.',
  'Which tools do you have? Try one and show me what it answers.',
]
const scriptedPrompts = ['What is this?', 'Show me some tools', 'Remember that I like tea', 'Write something long']

const firstSteps = onDemand(() => import('./first-steps.tsx').then((module) => module.FirstSteps))

export interface WelcomeProps {
  /** The one that would be talked to. */
  agent?: RunnableAgent
  /** A model is behind one of the agents. */
  hasModel: boolean
  onPrompt: (text: string) => void
}

export function Welcome({ agent, hasModel, onPrompt }: WelcomeProps) {
  const Steps = useOnDemand(firstSteps, agent?.scripted === true && !hasModel)
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
        {agent?.scripted && !hasModel && Steps && <Steps name={agent.name} />}
      </div>
    </div>
  )
}
