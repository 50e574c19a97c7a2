import { cutText } from '@loomcycle/proto/wire'
import { FileText, LoaderCircle, TriangleAlert, X } from 'lucide-react'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { cn } from '../../../../lib/cn.ts'
import { formatBytes, formatCount } from '../../../../lib/format.ts'
import type { Attachment, AttachmentContent } from '../../attachments/attachment.ts'
import type { TextFile } from '../../model/typed.ts'

export interface AttachmentListProps {
  list: readonly Attachment[]
  onRemove: (id: string) => void
}

/** What is to go with the message, each with a way to take it out again. */
export function AttachmentList({ list, onRemove }: AttachmentListProps) {
  if (list.length === 0) return null
  return (
    <ul aria-label="Attachments" className="flex max-h-[40vh] flex-wrap gap-2 overflow-y-auto px-3 pt-3">
      {list.map((attachment) => (
        <li
          key={attachment.id}
          className={cn(
            'flex min-h-11 max-w-72 items-center gap-2 rounded-lg border bg-surface pr-1 pl-1.5 text-sm',
            attachment.content.kind === 'failed' && 'border-danger-line bg-danger-soft',
          )}
        >
          <Thumbnail attachment={attachment} />
          <span className="min-w-0 py-1">
            <span className="block truncate leading-tight">{attachment.name}</span>
            <Facts attachment={attachment} />
          </span>
          <IconButton label={`Remove ${attachment.name}`} size="sm" onClick={() => onRemove(attachment.id)}>
            <X />
          </IconButton>
        </li>
      ))}
    </ul>
  )
}

function Facts({ attachment: { bytes, content } }: { attachment: Attachment }) {
  if (content.kind === 'failed') return <Note role="alert" className="text-danger" text={content.reason} />
  const note = noteOf(content)
  return (
    <>
      <span className="block truncate text-2xs text-muted leading-tight">{facts(bytes, content)}</span>
      {note && <Note className="text-warn" text={note} />}
    </>
  )
}

/** What somebody should know of a file before it is sent. */
function Note({ text, className, role }: { text: string; className: string; role?: 'alert' }) {
  return (
    <span role={role} data-tip={text} className={cn('line-clamp-4 text-2xs leading-tight', className)}>
      {text}
    </span>
  )
}

function noteOf(content: AttachmentContent): string | undefined {
  return content.kind === 'text' ? content.file.note : content.kind === 'picture' ? content.note : undefined
}

function Thumbnail({ attachment: { content } }: { attachment: Attachment }) {
  const frame = 'flex size-8 shrink-0 items-center justify-center overflow-hidden rounded-md bg-hover text-muted'
  switch (content.kind) {
    case 'picture':
      return (
        <img
          alt=""
          src={`data:${content.picture.mediaType};base64,${content.picture.data}`}
          className={cn(frame, 'object-cover')}
        />
      )
    case 'reading':
      return (
        <span className={frame}>
          <LoaderCircle aria-hidden="true" className="size-4 animate-spin" />
        </span>
      )
    case 'failed':
      return (
        <span className={cn(frame, 'text-danger')}>
          <TriangleAlert aria-hidden="true" className="size-4" />
        </span>
      )
    case 'text':
      return (
        <span className={frame}>
          <FileText aria-hidden="true" className="size-4" />
        </span>
      )
  }
}

const kinds = { text: 'text', pdf: 'text of a PDF', docx: 'text of a Word document' }

function facts(bytes: number, content: Exclude<AttachmentContent, { kind: 'failed' }>): string {
  switch (content.kind) {
    case 'reading':
      return 'Reading…'
    case 'picture':
      if (!content.size) return formatBytes(bytes)
      return `${content.size.width} × ${content.size.height}${content.size.resized ? ', made smaller' : ''}`
    case 'text':
      return `${formatBytes(bytes)}, ${kinds[content.from]}, ≈ ${formatCount(Math.ceil(content.file.text.length / 4))} tokens`
  }
}

/** A file or picture of a message that was sent. */
export function SentFile({ name, text, note }: TextFile) {
  return (
    <details className="group/file max-w-full rounded-md border bg-bg text-sm open:w-full">
      <summary className="flex cursor-pointer list-none items-center gap-1.5 px-2 py-1 text-muted hover:text-text">
        <FileText aria-hidden="true" className="size-3.5 shrink-0" />
        <span className="truncate">{name}</span>
        <span className="shrink-0 text-2xs text-faint">
          {text && `${formatCount(text.length)} characters`}
          {note && ' · with a note'}
        </span>
      </summary>
      {note && <p className="border-t px-2.5 py-1.5 text-muted text-xs [overflow-wrap:anywhere]">{note}</p>}
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-72 overflow-auto whitespace-pre-wrap border-t px-2.5 py-2 font-mono text-xs [overflow-wrap:anywhere]"
      >
        {cutText(text, shownChars)}
        {text.length > shownChars && '\n…'}
      </pre>
    </details>
  )
}
const shownChars = 20_000
