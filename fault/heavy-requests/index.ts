import type { Fault } from '../fault.ts'
import { documentRequests } from './documents.ts'

/** One who asks for very much, while others ask for little. */
export const heavyRequests: Fault = { name: 'heavy-requests', run: documentRequests }
