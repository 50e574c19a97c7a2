import type { ModelRequest } from './provider.ts'

/** What a request may ask for besides an answer, in the words that programs use. */
const wishes = {
  tool_choice: ({ tools, toolChoice }) => tools.length > 0 && toolChoice !== undefined,
  parallel_tool_calls: ({ tools, oneCall }) => tools.length > 0 && oneCall === true,
  strict: ({ tools }) => tools.some((tool) => tool.strict),
  response_format: ({ format }) => format !== undefined,
  reasoning_effort: ({ effort }) => effort !== undefined,
  temperature: ({ sampling }) => sampling?.temperature !== undefined,
  top_p: ({ sampling }) => sampling?.top_p !== undefined,
  top_k: ({ sampling }) => sampling?.top_k !== undefined,
  frequency_penalty: ({ sampling }) => sampling?.frequency_penalty !== undefined,
  presence_penalty: ({ sampling }) => sampling?.presence_penalty !== undefined,
  seed: ({ sampling }) => sampling?.seed !== undefined,
  stop: (request) => stopsIn(request).length > 0,
} satisfies Record<string, (request: ModelRequest) => boolean>

export type Wish = keyof typeof wishes

export const allWishes = Object.keys(wishes) as Wish[]

/** A wish that is not met, or what of one is not. */
export type LeftOut = Wish | `${'blank' | `more than ${number}`} texts of stop`

/** Texts at which an answer is to end: an empty one is none. */
export function stopsIn({ sampling }: Pick<ModelRequest, 'sampling'>): string[] {
  return sampling?.stop?.filter((one) => one !== '') ?? []
}

/** What is left out of them by a service that takes so many. */
export function stopsBeyond(request: ModelRequest, most: number): LeftOut[] {
  return stopsIn(request).length > most ? [`more than ${most} texts of stop`] : []
}

/** Those of a request that are not met; `isMet` says which are, and what it leaves out is. */
export function unmet(request: ModelRequest, isMet: Partial<Record<Wish, boolean>>): Wish[] {
  return allWishes.filter((wish) => isMet[wish] === false && wishes[wish](request))
}
