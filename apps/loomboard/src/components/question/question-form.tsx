import { type KeyboardEvent, useState } from 'react'
import type { Answering } from '../../lib/runs/answers.ts'
import { answers } from '../../lib/runs/own-answers.ts'
import type { Question } from '../../lib/runs/question.ts'
import { Button } from '../ui/button.tsx'
import { SendField } from '../ui/send-field.tsx'

/** Options to press, by their number, too; or a field for what there are no options for. */
export function QuestionForm({ question, answering }: { question: Question; answering?: Answering }) {
  const sending = answering?.sending ?? false
  const choose = (option: string) => void answers.answer(question, option)

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    const option = question.options[Number(event.key) - 1]
    if (!option || sending || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    choose(option)
  }

  return (
    <div data-answers="">
      {question.options.length > 0 ? (
        // biome-ignore lint/a11y/useSemanticElements: not fields of a form but its answers
        <div role="group" aria-label="Answers" onKeyDown={onKeyDown} className="flex flex-wrap items-center gap-2">
          {question.options.map((option, i) => (
            <Button
              key={option}
              size="sm"
              disabled={sending}
              onClick={() => choose(option)}
              aria-keyshortcuts={i < 9 ? String(i + 1) : undefined}
              className="h-auto min-h-7 whitespace-normal py-1 text-left"
            >
              {option}
            </Button>
          ))}
          <Decline question={question} sending={sending} />
        </div>
      ) : (
        <FreeText question={question} sending={sending} />
      )}
      {answering?.problem && (
        <p role="alert" className="mt-2 text-sm">
          <span className="font-medium text-danger">Not answered.</span> {answering.problem}
        </p>
      )}
    </div>
  )
}

function FreeText({ question, sending }: { question: Question; sending: boolean }) {
  const [text, setText] = useState(() => answers.readDraft(question.interruptId))
  const send = () => {
    if (text.trim() && !sending) void answers.answer(question, text.trim())
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <SendField
        aria-label="Your answer"
        placeholder="Your answer…"
        rows={1}
        value={text}
        onText={(next) => {
          setText(next)
          answers.writeDraft(question.interruptId, next)
        }}
        onSend={send}
        className="max-h-[30vh] min-h-9 px-2.5 py-1.5"
      />
      <div className="mt-2 flex gap-2">
        <Button size="sm" variant="primary" type="submit" disabled={sending || text.trim() === ''}>
          {sending ? 'Answering…' : 'Answer'}
        </Button>
        <Decline question={question} sending={sending} />
      </div>
    </form>
  )
}

function Decline({ question, sending }: { question: Question; sending: boolean }) {
  return (
    <Button
      size="sm"
      variant="ghost"
      disabled={sending}
      onClick={() => void answers.decline(question)}
      data-tip="The agent goes on without an answer."
    >
      Decline
    </Button>
  )
}
