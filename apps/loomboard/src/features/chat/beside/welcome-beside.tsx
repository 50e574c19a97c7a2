import type { RunnableAgent } from '@loomcycle/client'

const modelPrompts = [
  'What is missing here?',
  'Make this shorter and keep what it says.',
  'What should come next, and why?',
]
const scriptedPrompts = ['What is this?', 'Note: look at this again on Monday']

/** What can be asked of the agent beside a document, before anything was. */
export function WelcomeBeside(props: { agent: RunnableAgent | undefined; onPrompt: (text: string) => void }) {
  const { agent, onPrompt } = props
  return (
    <div className="flex min-h-0 flex-1 flex-col justify-end gap-3 overflow-y-auto px-4 py-4">
      <p className="text-muted text-sm">
        Ask about what you look at, or say what is to become of it. Changes appear on the page as they are made, and
        each can be reverted.
      </p>
      {agent?.scripted && (
        <p className="text-faint text-xs">
          {agent.name} plays a script: what it does is real, and it understands a few sentences.
        </p>
      )}
      <ul className="flex flex-col gap-1.5">
        {(agent?.scripted ? scriptedPrompts : modelPrompts).map((prompt) => (
          <li key={prompt}>
            <button
              type="button"
              onClick={() => onPrompt(prompt)}
              className="w-full rounded-lg border bg-surface px-3 py-2 text-left text-muted text-sm hover:border-line-strong hover:text-text"
            >
              {prompt}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
