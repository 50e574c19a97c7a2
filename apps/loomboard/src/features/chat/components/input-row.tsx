import { memo, useMemo } from 'react'
import { clip } from '../../../lib/format.ts'
import { fromText, type Picture } from '../model/typed.ts'
import { SentFile } from './attachment-list.tsx'

export interface InputRowProps {
  text: string
  pictures?: readonly Picture[]
  note?: string
}

/** What a person said, and what they sent with it; the anchor of a turn. */
export const InputRow = memo(function InputRow({ text: whole, pictures = [], note }: InputRowProps) {
  const { text, files } = useMemo(() => fromText(whole), [whole])
  return (
    <div className="pt-6 pb-3">
      <h3 className="sr-only">You: {clip(text, 80)}</h3>
      <div className="flex gap-2.5 rounded-lg bg-surface px-3.5 py-2.5 ring-1 ring-line ring-inset">
        <span aria-hidden="true" className="select-none font-mono text-accent-text">
          ›
        </span>
        <div className="min-w-0 flex-1">
          <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</p>
          {(files.length > 0 || pictures.length > 0) && (
            <div className="mt-2 flex flex-wrap items-start gap-2">
              {pictures.map((picture, i) => (
                <SentPicture key={i} picture={picture} number={i + 1} />
              ))}
              {files.map((file, i) => (
                <SentFile key={i} {...file} />
              ))}
            </div>
          )}
        </div>
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

function SentPicture({ picture, number }: { picture: Picture; number: number }) {
  return (
    <img
      src={`data:${picture.mediaType};base64,${picture.data}`}
      alt={`Attached, number ${number}`}
      className="h-36 max-w-full rounded-md border object-contain"
    />
  )
}
