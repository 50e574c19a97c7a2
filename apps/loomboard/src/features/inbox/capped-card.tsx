import { Check, CircleHelp } from 'lucide-react'
import { useState } from 'react'
import { DocumentLink } from '../../components/documents/document-link.tsx'
import { QuestionFrame } from '../../components/question/question-frame.tsx'
import { useNextFocus } from '../../components/question/use-next-focus.ts'
import { Button } from '../../components/ui/button.tsx'
import { type CappedRun, refreshCappedRuns } from '../../lib/capped-runs.ts'
import { client } from '../../lib/client.ts'
import { describeError } from '../../lib/describe-error.ts'
import { plural } from '../../lib/format.ts'

const ops = { 'go on': 'continue_run', stop: 'cancel_run' } as const

/** A team that has used up its steps, and asks whether it is to go on; what was answered stays to be read. */
export function CappedCard({ run, isOpen }: { run: CappedRun; isOpen: boolean }) {
  const { teamRunId, team, state, steps, card } = run
  const [answer, setAnswer] = useState<keyof typeof ops>()
  const [isSending, setSending] = useState(false)
  const [problem, setProblem] = useState<string>()
  const isPending = isOpen && !answer
  const frame = useNextFocus(`${teamRunId} ${steps}`, isPending)

  async function say(what: keyof typeof ops): Promise<void> {
    setSending(true)
    setProblem(undefined)
    try {
      await client.teamDef({ op: ops[what], team_run_id: teamRunId })
      setAnswer(what)
    } catch (error) {
      setProblem(describeError(error).reason)
    } finally {
      setSending(false)
      refreshCappedRuns()
    }
  }
  return (
    <>
      <div className="flex items-baseline gap-2 px-1 text-sm">
        {card && (
          <DocumentLink
            to={{ id: card.documentId, chunk: card.id }}
            className="min-w-0 truncate font-medium underline-offset-2 hover:underline"
          >
            {card.title}
          </DocumentLink>
        )}
        <span className="min-w-0 flex-1 truncate text-muted">{team}</span>
      </div>
      <QuestionFrame
        ref={frame}
        icon={isPending ? CircleHelp : Check}
        state={isPending ? 'pending' : 'answered'}
        question={`${team} has used up its ${plural(steps, 'step')}, in “${state}”. Is it to go on with as many again?`}
      >
        {isPending ? (
          // biome-ignore lint/a11y/useSemanticElements: not fields of a form but its answers
          <div role="group" aria-label="Answers" className="flex flex-wrap gap-2" data-answers="">
            <Button size="sm" disabled={isSending} onClick={() => void say('go on')}>
              Go on
            </Button>
            <Button size="sm" disabled={isSending} onClick={() => void say('stop')}>
              Stop
            </Button>
          </div>
        ) : (
          <p className="text-muted text-sm">{outcome(answer)}</p>
        )}
        {problem && (
          <p role="alert" className="text-sm">
            <span className="font-medium text-danger">Not answered.</span> {problem}
          </p>
        )}
      </QuestionFrame>
    </>
  )
}

function outcome(answer: keyof typeof ops | undefined): string {
  if (answer === 'go on') return 'It goes on.'
  return answer === 'stop' ? 'It was stopped.' : 'It waits no more.'
}
