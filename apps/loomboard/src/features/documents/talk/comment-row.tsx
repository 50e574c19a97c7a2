import { Link } from '@tanstack/react-router'
import { EllipsisVertical, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Face } from '../../../components/face.tsx'
import { Markdown } from '../../../components/markdown/markdown.tsx'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../../components/ui/dropdown-menu.tsx'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { Skeleton } from '../../../components/ui/skeleton.tsx'
import { formatRelative } from '../../../lib/format.ts'
import { actorName } from '../model/changes.ts'
import type { Comment } from '../model/comments.ts'
import { CommentEditor } from './comment-editor.tsx'
import type { Talking } from './talking.ts'

/** What somebody has said, and what they can do about it. */
export function CommentRow({ comment, talking }: { comment: Comment; talking: Talking }) {
  const { by, body, at, id } = comment
  const { self, now, editing, sessionOf } = talking
  const [isEditing, setEditing] = useState(false)
  const [open, setOpen] = useState(false)
  if (!by || body === undefined) return <Reading />
  const name = actorName(by, self)
  const isMine = name === 'you'
  const session = by.run_id ? sessionOf(by.run_id) : undefined
  return (
    <article aria-label={`Comment by ${name}`} className="group/comment flex min-w-0 gap-2">
      <Face name={by.id} isAgent={by.kind !== 'user'} className="mt-px" />
      <div className="min-w-0 flex-1">
        <div className="flex h-6 min-w-0 items-center gap-2 text-sm">
          <span className="min-w-0 truncate font-medium">{isMine ? 'You' : name}</span>
          <time
            dateTime={new Date(at).toISOString()}
            title={new Date(at).toLocaleString()}
            className="shrink-0 text-faint text-xs tabular-nums"
          >
            {formatRelative(at, now)}
          </time>
          {session && (
            <Link
              to="/chat/$sessionId"
              params={{ sessionId: session }}
              className="shrink-0 text-faint text-xs underline-offset-2 hover:text-text hover:underline"
            >
              its run
            </Link>
          )}
          <span className="flex-1" />
          {(isMine || by.kind !== 'user') && (
            <Menu open={open} onOpenChange={setOpen}>
              <MenuTrigger asChild>
                <IconButton
                  label={`More for the comment by ${name}`}
                  size="sm"
                  className="opacity-0 focus-visible:opacity-100 group-hover/comment:opacity-100 aria-expanded:opacity-100 pointer-coarse:opacity-100"
                >
                  <EllipsisVertical />
                </IconButton>
              </MenuTrigger>
              <MenuContent align="end">
                {isMine && (
                  <MenuItem onSelect={() => setEditing(true)}>
                    <Pencil aria-hidden="true" />
                    Edit
                  </MenuItem>
                )}
                <MenuItem danger onSelect={() => editing.remove(id)}>
                  <Trash2 aria-hidden="true" />
                  Delete
                </MenuItem>
              </MenuContent>
            </Menu>
          )}
        </div>
        {isEditing ? (
          <CommentEditor id={id} talking={talking} onDone={() => setEditing(false)} />
        ) : (
          <Markdown text={body} className="text-sm" />
        )}
      </div>
    </article>
  )
}

function Reading() {
  return (
    <div className="flex gap-2">
      <Skeleton className="size-6 rounded-full" />
      <div className="flex flex-1 flex-col gap-2 pt-1">
        <Skeleton className="h-3 w-28" />
        <Skeleton className="h-3 w-full" />
      </div>
    </div>
  )
}
