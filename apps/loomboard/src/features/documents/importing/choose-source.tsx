import { FileUp } from 'lucide-react'
import { type ClipboardEvent, type DragEvent, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Textarea } from '../../../components/ui/textarea.tsx'
import { cn } from '../../../lib/cn.ts'
import { UnreadableFileError } from '../../../lib/unreadable-file.ts'
import { readBoardFile, type Source } from './board-file.ts'

const accepted = '.json,.jsonl,.csv,.tsv,.txt,.md,.markdown,.canvas,.zip,.boardarchive,.focalboard'

/** A file that is dropped, picked or pasted, or a text that is written. */
export function ChooseSource({ onTake }: { onTake: (source: Source) => void }) {
  const [isOver, setIsOver] = useState(false)
  const [text, setText] = useState('')
  const [problem, setProblem] = useState('')

  async function take(file: File | undefined): Promise<void> {
    if (!file) return
    setProblem('')
    try {
      onTake(await readBoardFile(file))
    } catch (error) {
      const why = error instanceof UnreadableFileError ? error.message : 'It could not be read.'
      setProblem(`“${file.name}” was not taken. ${why}`)
    }
  }
  function drop(event: DragEvent): void {
    event.preventDefault()
    setIsOver(false)
    void take(event.dataTransfer.files[0])
  }
  function paste(event: ClipboardEvent): void {
    const [file] = event.clipboardData.files
    if (!file) return
    event.preventDefault()
    void take(file)
  }
  return (
    <section
      aria-label="What to import"
      className="flex flex-col gap-3"
      onPaste={paste}
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <label
        className={cn(
          'flex cursor-pointer flex-col items-center gap-1 rounded-lg border border-dashed px-4 py-6 text-center text-sm outline-ring outline-offset-2 hover:bg-hover has-focus-visible:outline-2',
          isOver && 'bg-hover',
        )}
      >
        <FileUp aria-hidden="true" className="size-5 text-muted" />
        <span className="font-medium">Choose a file</span>
        <span className="text-muted text-xs">or drop it here, or paste it</span>
        <input
          type="file"
          className="sr-only"
          accept={accepted}
          onChange={(event) => {
            void take(event.target.files?.[0])
            event.target.value = ''
          }}
        />
      </label>
      <p className="text-muted text-xs">
        Boards of Trello, GitHub Projects, Linear, Vibe Kanban, Focalboard and Obsidian, tables, Markdown and canvases.
      </p>
      <Textarea
        aria-label="Or paste a text"
        placeholder="Or paste a text"
        className="max-h-60 min-h-20 rounded-md px-3 py-2 text-sm ring-1 ring-line-strong ring-inset"
        rows={4}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {problem !== '' && (
        <p role="alert" className="text-danger text-sm">
          {problem}
        </p>
      )}
      <Button
        className="self-end"
        disabled={text.trim() === ''}
        onClick={() => onTake({ title: 'Imported board', text })}
      >
        Look at it
      </Button>
    </section>
  )
}
