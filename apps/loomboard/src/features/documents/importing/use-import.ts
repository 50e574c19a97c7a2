import type { wire } from '@loomcycle/client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../../lib/client.ts'
import { describeError } from '../../../lib/describe-error.ts'
import type { Source } from './board-file.ts'
import { type Kind, kindOf } from './kinds.ts'

/** What is chosen besides the file. */
export interface Choices {
  kind: Kind
  path: string
  archived: boolean
  board?: string
  title_column?: string
  status_column?: string
}

const noChoices: Choices = { kind: 'any', path: '', archived: false }

export type Preview = wire.ImportBoardOutput

export interface Made {
  id: string
  path: string | undefined
}

let sources = 0

/** What is to be imported, what would become of it, and the import itself. */
export function useImport() {
  const [chosen, setChosen] = useState<{ n: number; source: Source }>()
  const [choices, setChoices] = useState(noChoices)
  const [state, setState] = useState<'choosing' | 'importing' | { problem: string }>('choosing')
  const { source, n } = chosen ?? {}
  const { path: _, ...shaping } = choices
  const kind = source && choices.kind === 'any' ? kindOf(source) : choices.kind
  const isBoard = kind !== 'document' && kind !== 'canvas'
  const preview = useQuery({
    queryKey: ['import-preview', n, kind, shaping],
    queryFn: () => client.document({ ...boardOf(source!, kind, choices), preview: true }),
    enabled: source !== undefined && isBoard,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })

  async function run(): Promise<Made | undefined> {
    if (!source) return undefined
    setState('importing')
    try {
      const made = await imported(source, kind, choices)
      return { id: made.document_id ?? '', path: 'path' in made ? made.path : undefined }
    } catch (error) {
      const { reason, hint } = describeError(error)
      setState({ problem: [reason, hint].filter(Boolean).join(' ') })
      return undefined
    }
  }

  return {
    source,
    kind,
    isBoard,
    choices,
    state,
    preview,
    take(source: Source | undefined) {
      setChosen(source && { n: ++sources, source })
      setChoices(({ path, kind }) => ({ ...noChoices, path, kind }))
      setState('choosing')
    },
    choose(changed: Partial<Choices>) {
      setChoices((known) => ({ ...known, ...changed }))
      setState('choosing')
    },
    run,
  }
}

function boardOf({ title, text, files }: Source, kind: Kind, { path, archived, ...more }: Choices) {
  const { board, title_column, status_column } = more
  return {
    op: 'import_board' as const,
    title,
    ...(text === undefined ? { files: files ?? [] } : { text }),
    ...(kind === 'any' || kind === 'document' || kind === 'canvas' ? {} : { format: kind }),
    ...(path === '' ? {} : { path }),
    ...(archived ? { archived } : {}),
    ...(board === undefined ? {} : { board }),
    ...(title_column === undefined ? {} : { title_column }),
    ...(status_column === undefined ? {} : { status_column }),
  }
}

function imported(source: Source, kind: Kind, choices: Choices) {
  const { title, text = '' } = source
  const named = { title, ...(choices.path === '' ? {} : { path: choices.path }) }
  if (kind === 'document') return client.document({ op: 'import_md', markdown: text, ...named })
  if (kind === 'canvas') return client.document({ op: 'import_canvas', canvas: text, ...named })
  return client.document(boardOf(source, kind, choices))
}
