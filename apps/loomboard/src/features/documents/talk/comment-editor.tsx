import type { Chunk } from '@loomcycle/client'
import { useQuery } from '@tanstack/react-query'
import { SaveProblem } from '../card/save-problem.tsx'
import { mentionsIn } from '../model/mentions.ts'
import { chunkQuery } from '../queries.ts'
import { useEditChunk } from '../use-edit-chunk.ts'
import { TalkField } from './talk-field.tsx'
import type { Talking } from './talking.ts'

interface CommentEditorProps {
  id: string
  talking: Talking
  onDone: () => void
}

/** Where a comment is written anew. What is typed is kept, and saved when its author says so. */
export function CommentEditor(props: CommentEditorProps) {
  const { data: chunk } = useQuery(chunkQuery(props.id))
  return chunk ? <Editor {...props} chunk={chunk} /> : null
}

function Editor({ chunk, talking, onDone }: CommentEditorProps & { chunk: Chunk }) {
  const edit = useEditChunk(chunk)
  const text = String(edit.mine('body'))
  return (
    <>
      <SaveProblem edit={edit} self={talking.self} />
      <TalkField
        label="Your comment"
        placeholder="Your comment…"
        action="Save"
        takesFocus
        text={text}
        talking={talking}
        onText={(body) => edit.type({ body }, { untilFlush: true })}
        onSend={() => {
          edit.set({ body: text.trim(), 'fields.mentions': mentionsIn(text, talking.names) })
          onDone()
        }}
        onCancel={() => {
          edit.discard(['body'])
          onDone()
        }}
      />
    </>
  )
}
