import { LoomcycleError } from '@loomcycle/client'
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { connection, noteError } from './client.ts'

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noteError }),
  mutationCache: new MutationCache({ onError: noteError }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // The server has spoken: asking again would not change its mind. Silence is the connection's business.
      retry: (failures, error) => failures < 1 && error instanceof LoomcycleError && (error.status ?? 0) >= 500,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})

connection.onReturn(() => void queryClient.invalidateQueries())
