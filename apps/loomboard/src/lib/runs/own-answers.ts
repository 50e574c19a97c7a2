import { client, noteError } from '../client.ts'
import { questionsQuery, refreshQuestions } from '../queries.ts'
import { queryClient } from '../query-client.ts'
import { Answers } from './answers.ts'

/** What is answered in this tab. */
export const answers: Answers = new Answers({
  client,
  noteError,
  onSettled: () => {
    const settled = answers.state.get()
    queryClient.setQueryData(questionsQuery.queryKey, (open) =>
      open?.filter(({ interrupt_id }) => !settled.get(interrupt_id)?.outcome),
    )
    refreshQuestions()
  },
})
