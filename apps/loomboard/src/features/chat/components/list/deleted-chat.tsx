import type { Chat } from '@loomcycle/client'
import { Undo2 } from 'lucide-react'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { toast } from '../../../../lib/toast.ts'
import { useChangeChat } from '../../queries.ts'

/** It cannot be read any more, but it can be brought back. */
export function DeletedChat({ chat }: { chat: Chat }) {
  const { mutate, isPending } = useChangeChat()
  const title = chat.title || 'Untitled'
  return (
    <div className="flex min-h-8 items-center gap-2 pr-1 pl-6 text-faint text-sm coarse:min-h-11">
      <span className="min-w-0 flex-1 truncate">{title}</span>
      <IconButton
        label={`Bring back ${title}`}
        data-tip="Bring back"
        size="sm"
        disabled={isPending}
        onClick={() =>
          mutate(
            { op: 'restore', session_id: chat.session_id },
            { onError: (error) => toast.error('The chat could not be brought back', error) },
          )
        }
      >
        <Undo2 />
      </IconButton>
    </div>
  )
}
