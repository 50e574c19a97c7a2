import { useEffect, useState } from 'react'
import { useSelected } from '../../../lib/browser/store.ts'
import { commentDrafts } from '../writing/comment-drafts.ts'

/** What is typed in a field and not said; it is there again after a reload, and after a refusal. */
export function useCommentDraft(field: string) {
  const [text, setText] = useState(() => commentDrafts.read(field))
  const [problem, setProblem] = useState<string>()
  const returned = useSelected(commentDrafts.returned, (all) => all.get(field))
  useEffect(() => {
    if (!returned) return
    setText(returned.text)
    setProblem(returned.reason)
    commentDrafts.took(field)
  }, [returned, field])
  return {
    text,
    problem,
    type(next: string) {
      setText(next)
      commentDrafts.write(field, next)
      if (next === '') setProblem(undefined)
    },
  }
}
