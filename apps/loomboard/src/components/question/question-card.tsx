import { Ban, Check, CircleHelp, TimerOff } from 'lucide-react'
import { memo } from 'react'
import { useStore } from '../../lib/browser/store.ts'
import { answers } from '../../lib/runs/own-answers.ts'
import type { Question, QuestionState } from '../../lib/runs/question.ts'
import { Badge } from '../ui/badge.tsx'
import { Countdown, useHasExpired } from './countdown.tsx'
import { QuestionContext } from './question-context.tsx'
import { QuestionForm } from './question-form.tsx'
import { QuestionFrame } from './question-frame.tsx'
import { useNextFocus } from './use-next-focus.ts'

const icons = { pending: CircleHelp, answered: Check, declined: Ban, expired: TimerOff, cancelled: Ban }

/** A question where it was asked: answered in place, and a record of what became of it ever after. */
export const QuestionCard = memo(function QuestionCard({ question }: { question: Question }) {
  const answering = useStore(answers.state).get(question.interruptId)
  const hasExpired = useHasExpired(question.state === 'pending' ? question.expiresAt : undefined)
  const here = question.state === 'pending' ? answering?.outcome : undefined
  const state = here?.state ?? (hasExpired ? 'expired' : question.state)
  const answer = question.answer ?? here?.answer
  const isPending = state === 'pending'
  const typed = answering?.unused ?? (isPending || answering?.outcome ? '' : answers.readDraft(question.interruptId))
  const unused = typed && typed !== answer ? typed : undefined
  const card = useNextFocus(question.interruptId, isPending)
  const beside = isPending && (
    <span className="flex shrink-0 items-center gap-2">
      {question.priority === 'high' && <Badge tone="danger">Urgent</Badge>}
      {question.priority === 'low' && <Badge>Not urgent</Badge>}
      {question.expiresAt !== undefined && <Countdown until={question.expiresAt} />}
    </span>
  )
  return (
    <QuestionFrame ref={card} icon={icons[state]} question={question.question} state={state} beside={beside}>
      {question.context && <QuestionContext id={question.interruptId} text={question.context} />}
      {isPending ? <QuestionForm question={question} answering={answering} /> : <Outcome {...{ state, answer }} />}
      {unused && (
        <p className="text-muted text-sm">
          Your answer came too late and was not used: <q className="text-text">{unused}</q>
        </p>
      )}
    </QuestionFrame>
  )
})

const outcomes: Record<Exclude<QuestionState, 'pending' | 'answered'>, string> = {
  declined: 'Declined: the agent goes on without an answer.',
  expired: 'Nobody answered in time.',
  cancelled: 'Taken back: nobody has to answer this any more.',
}

function Outcome({ state, answer }: { state: Exclude<QuestionState, 'pending'>; answer?: string }) {
  if (state !== 'answered') return <p className="text-muted text-sm">{outcomes[state]}</p>
  if (!answer) return <p className="text-muted text-sm">Answered.</p>
  return (
    <p className="whitespace-pre-wrap text-sm [overflow-wrap:anywhere]">
      <span className="text-muted">Answered: </span>
      {answer}
    </p>
  )
}
