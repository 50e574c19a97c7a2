import type { ToolPart } from '../model/types.ts'
import { parseJson } from './facts.tsx'

interface Picture {
  media_type: string
  data: string
}

const drawable = /^image\/(png|jpeg|gif|webp)$/

/** Only what the result itself carries; nothing is fetched. */
export function isPicture(result: unknown): result is Picture {
  const { media_type, data } = (result ?? {}) as Partial<Picture>
  return typeof data === 'string' && typeof media_type === 'string' && drawable.test(media_type)
}

export function PictureView({ part }: { part: ToolPart }) {
  const picture = parseJson(part.result)
  if (!isPicture(picture)) return null
  return (
    <img
      src={`data:${picture.media_type};base64,${picture.data}`}
      alt={`Result of ${part.name}`}
      className="max-h-96 max-w-full self-start rounded-lg border object-contain"
    />
  )
}
