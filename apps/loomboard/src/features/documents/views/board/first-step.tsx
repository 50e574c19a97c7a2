import { Sparkles, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../../components/ui/button.tsx'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { useSelected } from '../../../../lib/browser/store.ts'
import { stored } from '../../../../lib/browser/stored.ts'
import { cn } from '../../../../lib/cn.ts'
import { describeError } from '../../../../lib/describe-error.ts'
import type { Desk } from './desk.ts'

const storageKey = (documentId: string) => `loomboard.first-step.${documentId}`

/** On the first visit of a board that has an agent: it takes one card, and the board is seen to move. */
export function FirstStep({ desk }: { desk: Desk }) {
  const { document, editing } = desk.props
  const { document_id: documentId } = document
  const [isDone, setDone] = useState(() => stored.read(storageKey(documentId)) !== null)
  const [asked, setAsked] = useState<{ card: string; problem?: string }>()
  const column = desk.setup.columns.find(({ agent }) => agent)
  const next = useSelected(desk.board, ({ columns }) => {
    const here = columns.find(({ key }) => key === column?.status)
    return here?.cells.values().next().value?.[0]
  })
  const agent = column?.agent
  if (isDone || !agent) return null
  const isUnderWay = asked !== undefined && asked.problem === undefined
  const card = asked?.card ?? next
  if (!card || (isUnderWay && editing.chunks.get(card)?.status !== column.status)) return null
  const title = editing.chunks.get(card)?.title ?? ''
  const name = agent.split('/').at(-1)!
  const verb = /(?:draft|writ)er$/.test(name) ? 'write' : 'take'

  function leave(): void {
    stored.write(storageKey(documentId), 'done')
    setDone(true)
  }
  async function ask(id: string, who: string): Promise<void> {
    setAsked({ card: id })
    try {
      await editing.create({
        title: 'Comment',
        to: { parentId: id },
        content: { type: 'comment', body: `@${who} This one is yours.`, fields: { mentions: [who] } },
      })
      stored.write(storageKey(documentId), 'done')
    } catch (error) {
      setAsked({ card: id, problem: describeError(error).reason })
    }
  }
  return (
    <div className="mx-3 mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg bg-accent-soft px-3 py-1.5 text-sm md:mx-4">
      <Sparkles aria-hidden="true" className="size-4 shrink-0 text-accent-text" />
      <p aria-live="polite" className={cn('min-w-0 flex-1 truncate', asked ? '' : 'max-sm:sr-only')}>
        {isUnderWay
          ? `The ${name} has “${title}”. Watch it move.`
          : asked?.problem
            ? `The ${name} was not asked. ${asked.problem}`
            : `See an agent at work on “${title}”.`}
      </p>
      {!isUnderWay && (
        <Button size="sm" variant="primary" onClick={() => void ask(card, agent)}>
          Let the {name} {verb} the next one
        </Button>
      )}
      <IconButton label="Not now" size="sm" onClick={leave}>
        <X />
      </IconButton>
    </div>
  )
}
