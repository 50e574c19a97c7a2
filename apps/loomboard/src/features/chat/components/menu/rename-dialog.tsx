import type { Chat } from '@loomcycle/client'
import { useQuery } from '@tanstack/react-query'
import { Sparkles } from 'lucide-react'
import { type FormEvent, useRef, useState } from 'react'
import { Button } from '../../../../components/ui/button.tsx'
import { Dialog } from '../../../../components/ui/dialog.tsx'
import { Input } from '../../../../components/ui/input.tsx'
import { client } from '../../../../lib/client.ts'
import { agentsQuery } from '../../../../lib/queries.ts'
import { toast } from '../../../../lib/toast.ts'
import { titleFrom } from '../../model/title-from.ts'

interface RenameDialogProps {
  chat: Chat
  onClose: () => void
  onRename: (title: string) => void
}

export function RenameDialog({ chat, onClose, onRename }: RenameDialogProps) {
  const title = chat.title ?? ''
  const input = useRef<HTMLInputElement>(null)
  const [thinking, setThinking] = useState(false)
  const { data: agents } = useQuery(agentsQuery)
  const hasModel = agents?.find(({ name }) => name === chat.agent)?.scripted === false

  function rename(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const next = String(new FormData(event.currentTarget).get('title')).trim()
    if (next && next !== title) onRename(next)
    onClose()
  }
  async function suggest(): Promise<void> {
    setThinking(true)
    try {
      const { summary } = await client.history({ op: 'recap', scope: 'user', session_id: chat.session_id })
      if (!input.current) return
      input.current.value = titleFrom(summary)
      input.current.select()
    } catch (error) {
      toast.error('The model suggested nothing', error)
    } finally {
      setThinking(false)
    }
  }
  return (
    <Dialog open onOpenChange={onClose} title="Rename chat">
      <form onSubmit={rename} className="flex flex-col gap-4 p-4">
        <Input ref={input} name="title" aria-label="Title" defaultValue={title} maxLength={200} required autoFocus />
        <div className="flex items-center justify-end gap-2">
          {hasModel && (
            <Button variant="ghost" className="mr-auto" disabled={thinking} onClick={() => void suggest()}>
              <Sparkles /> {thinking ? 'Reading the chat…' : 'Suggest a title'}
            </Button>
          )}
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary">
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
