import { memo, type ReactNode, useMemo } from 'react'
import { withReferences } from '../../../../components/documents/address.ts'
import { DocumentLink } from '../../../../components/documents/document-link.tsx'
import { LongText } from '../../../../components/markdown/plain/long-text.tsx'
import { clip } from '../../../../lib/format.ts'
import { fromText, type Picture, type TextFile } from '../../model/typed.ts'
import { SentFile } from '../composer/attachment-list.tsx'

export interface InputRowProps {
  text: string
  pictures?: readonly Picture[]
  note?: string
  /** What can be done with it: seen by those who point at it, move the focus there, or touch. */
  actions?: ReactNode
}

/** What a person said, and what they sent with it; the anchor of a turn. */
export const InputRow = memo(function InputRow({ text: whole, pictures = [], note, actions }: InputRowProps) {
  const { text, files } = useMemo(() => fromText(whole), [whole])
  const pieces = useMemo(() => withReferences(text), [text])
  const words = pieces.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('')
  return (
    <div className="group/said pt-6 pb-3">
      <h3 className="sr-only">You: {clip(words, 80)}</h3>
      <div className="flex gap-2.5 rounded-lg bg-surface px-3.5 py-2.5 ring-1 ring-line ring-inset">
        <span aria-hidden="true" className="select-none font-mono text-accent-text">
          ›
        </span>
        <div className="min-w-0 flex-1">
          <p dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
            {pieces.map((piece, i) =>
              typeof piece === 'string' ? (
                <LongText key={i} text={piece} />
              ) : (
                <DocumentLink key={i} to={piece.address} className="text-accent-text underline underline-offset-2">
                  {piece.text}
                </DocumentLink>
              ),
            )}
          </p>
          <SentFiles files={files} pictures={pictures} />
        </div>
        {actions && (
          <span className="-my-0.5 -mr-1.5 shrink-0 opacity-0 focus-within:opacity-100 group-hover/said:opacity-100 coarse:-my-1.5 coarse:opacity-100">
            {actions}
          </span>
        )}
      </div>
      {note && (
        <p role="status" className="mt-1 flex items-center gap-1.5 px-1 text-faint text-xs">
          <span aria-hidden="true" className="size-1.5 animate-breathe rounded-full bg-warn" />
          {note}
        </p>
      )}
    </div>
  )
})

/** What went with a message. */
export function SentFiles({ files, pictures }: { files: readonly TextFile[]; pictures: readonly Picture[] }) {
  if (files.length === 0 && pictures.length === 0) return null
  return (
    <div className="mt-2 flex flex-wrap items-start gap-2">
      {pictures.map((picture, i) => (
        <SentPicture key={i} picture={picture} number={i + 1} />
      ))}
      {files.map((file, i) => (
        <SentFile key={i} {...file} />
      ))}
    </div>
  )
}

function SentPicture({ picture, number }: { picture: Picture; number: number }) {
  return (
    <img
      src={`data:${picture.mediaType};base64,${picture.data}`}
      alt={`Attached, number ${number}`}
      className="h-36 max-w-full rounded-md border object-contain"
    />
  )
}
