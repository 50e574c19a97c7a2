import type { VolumeContent } from '@loomcycle/client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { FileQuestion } from 'lucide-react'
import { useState } from 'react'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LinesLoading } from '../../components/lines-loading.tsx'
import { CodeBlock } from '../../components/markdown/code/code-block.tsx'
import { Markdown } from '../../components/markdown/markdown.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { Segmented } from '../../components/ui/segmented.tsx'
import { formatBytes, formatTime } from '../../lib/format.ts'
import { type FileKind, fileKind } from './file-kind.ts'
import { contentQuery } from './queries.ts'

/** A file to be read: as what it is, where that can be shown, or as its text. */
export function FileView({ volume, path }: { volume: string; path: string }) {
  const kind = fileKind(path)
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    contentQuery(volume, path, kind.is === 'picture'),
  )
  if (isPending) return <LinesLoading label="Loading the file" />
  if (error && !data)
    return <ErrorState title="This file could not be read" error={error} onRetry={() => void refetch()} />
  const parts = data.pages
  const { bytes, modified_at } = parts[0]!
  return (
    <article aria-label={path}>
      <h2 className="sr-only">{path}</h2>
      <p className="mb-2 text-faint text-xs tabular-nums">
        {formatBytes(bytes)} · changed {formatTime(Date.parse(modified_at))}
      </p>
      <Content kind={kind} path={path} parts={parts} isWhole={!hasNextPage} />
      {hasNextPage && kind.is !== 'picture' && parts.every(isText) && (
        <MoreButton what="more of it" isReading={isFetchingNextPage} onMore={() => void fetchNextPage()} />
      )}
    </article>
  )
}

const isText = ({ encoding }: VolumeContent) => encoding === 'utf-8'

interface ContentProps {
  kind: FileKind
  path: string
  parts: readonly VolumeContent[]
  /** All of it is here. */
  isWhole: boolean
}

function Content({ kind, path, parts, isWhole }: ContentProps) {
  const [as, setAs] = useState<'page' | 'source'>('page')
  const [first] = parts
  if (kind.is === 'picture' && isWhole && first && !isText(first)) {
    return (
      <img
        src={`data:${kind.type};base64,${first.content}`}
        alt={path}
        className="max-h-[70vh] max-w-full rounded-lg border object-contain"
      />
    )
  }
  if (!parts.every(isText)) {
    return (
      <EmptyState icon={<FileQuestion />} title="This is not a text">
        {kind.is === 'picture' ? 'The picture is too large to be shown here.' : 'Its bytes say nothing to people.'}
      </EmptyState>
    )
  }
  const text = parts.map(({ content }) => content).join('')
  if (text === '') return <EmptyState icon={<FileQuestion />} title="The file is empty" />
  const lines = isWhole ? text.replace(/\n$/, '') : text
  if (kind.is !== 'markdown') return <CodeBlock code={lines} info={kind.is === 'text' ? kind.language : undefined} />
  return (
    <>
      <div className="mb-3">
        <Segmented
          label="How to show it"
          value={as}
          options={[
            { value: 'page', label: 'Page' },
            { value: 'source', label: 'Source' },
          ]}
          onChange={setAs}
        />
      </div>
      {as === 'page' ? <Markdown text={text} /> : <CodeBlock code={lines} info="markdown" />}
    </>
  )
}
