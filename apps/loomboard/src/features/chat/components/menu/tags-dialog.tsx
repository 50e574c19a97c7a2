import type { Chat } from '@loomcycle/client'
import { useQuery } from '@tanstack/react-query'
import { Command } from 'cmdk'
import { Check, Plus } from 'lucide-react'
import { useState } from 'react'
import { mostOptions } from '../../../../components/first-of.tsx'
import { Dialog } from '../../../../components/ui/dialog.tsx'
import { cn } from '../../../../lib/cn.ts'
import { tagsQuery } from '../../../../lib/queries.ts'

interface TagsDialogProps {
  chat: Chat
  onClose: () => void
  onTag: (tag: string, on: boolean) => Promise<void>
}

const itemStyle =
  'flex cursor-default items-center gap-2.5 rounded-md px-2 py-2 text-sm data-[selected=true]:bg-hover coarse:py-2.5 [&_svg]:size-4 [&_svg]:shrink-0'
const longest = 64

/** Each tag is on or off; what is typed and is no tag yet becomes one. */
export function TagsDialog({ chat, onClose, onTag }: TagsDialogProps) {
  const [own, setOwn] = useState<readonly string[]>(chat.tags ?? [])
  const [typed, setTyped] = useState('')
  const { data: known = [] } = useQuery(tagsQuery)
  const tags = [...new Set([...(chat.tags ?? []), ...own, ...known.map(({ tag }) => tag)])]
  const fresh = typed.trim()
  const fitting = tags.filter((tag) => tag.toLowerCase().includes(fresh.toLowerCase()))
  const isNew = fresh !== '' && !tags.some((tag) => tag.toLowerCase() === fresh.toLowerCase())

  function toggle(tag: string): void {
    const on = !own.includes(tag)
    setOwn((before) => (on ? [...before, tag] : before.filter((each) => each !== tag)))
    setTyped('')
    void onTag(tag, on)
  }
  return (
    <Dialog open onOpenChange={onClose} title={`Tags of ${chat.title || 'Untitled'}`}>
      <Command label="Tags" loop shouldFilter={false} className="flex min-h-0 flex-col">
        <Command.Input
          autoFocus
          value={typed}
          onValueChange={setTyped}
          maxLength={longest}
          placeholder="Find or add a tag…"
          className="h-11 shrink-0 border-b bg-transparent px-4 text-base outline-none"
        />
        <Command.List className="min-h-24 overflow-y-auto p-1.5">
          {tags.length === 0 && !isNew && (
            <p className="px-2 py-6 text-center text-muted text-sm">Type a tag and press Enter.</p>
          )}
          {fitting.slice(0, mostOptions).map((tag) => (
            <Command.Item key={tag} value={tag} className={itemStyle} onSelect={() => toggle(tag)}>
              <Check aria-hidden="true" className={cn('text-accent-text', own.includes(tag) || 'invisible')} />
              <span className="min-w-0 flex-1 truncate">{tag}</span>
              <span className="sr-only">{own.includes(tag) ? ', on this chat' : ', not on this chat'}</span>
            </Command.Item>
          ))}
          {isNew && (
            <Command.Item key="new" value={`add ${fresh}`} className={itemStyle} onSelect={() => toggle(fresh)}>
              <Plus aria-hidden="true" />
              <span className="min-w-0 flex-1 truncate">Add “{fresh}”</span>
            </Command.Item>
          )}
        </Command.List>
      </Command>
    </Dialog>
  )
}
