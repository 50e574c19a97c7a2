import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Suggestion, SuggestionSource, Token } from './suggestions.ts'

const typingPause = 120
const none: readonly Suggestion[] = []

/** What the sources that have to ask have found for this word. What was found for the word before stays while it fits. */
export function useFound(sources: readonly SuggestionSource[], token: Token | undefined): readonly Suggestion[] {
  const source = sources.find(({ trigger, find }) => find && trigger === token?.trigger)
  const typed = token?.query ?? ''
  const query = useSettled(typed)
  const { data = none, isPlaceholderData } = useQuery({
    queryKey: ['suggestions', source?.title, query],
    queryFn: ({ signal }) => source?.find?.(query, signal) ?? [],
    enabled: source !== undefined && query === typed,
    placeholderData: keepPreviousData,
    staleTime: 20_000,
  })
  if (!source) return none
  if (!isPlaceholderData && query === typed) return data
  const words = typed.toLowerCase()
  return data.filter(({ label, hint }) => `${label} ${hint}`.toLowerCase().includes(words))
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), typingPause)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
