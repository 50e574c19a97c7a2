import { Type } from 'typebox'
import { Interrupt } from '../interrupts.ts'
import { op } from '../op.ts'
import { AgentRow } from '../runs.ts'
import { Bool, emptyCounts, Int, object, oneOf, optional, Text } from '../schema.ts'
import { ChangeActor } from './chunk.ts'
import { after_id, before_id, id, limit, Ok, position, revision, scope, since, status } from './parts.ts'

/** Where chunks and cards stand, and who is at work on a card. */
export const placeOps = {
  move_chunk: op({
    name: 'move_chunk',
    description: 'Move a chunk with everything under it; its new siblings make room.',
    idempotent: true,
    effect: 'changes',
    input: object('MoveChunkInput', {
      scope,
      id,
      new_parent_id: emptyCounts(
        optional(Text('Chunk it belongs under; the top level where empty or left out, unless a sibling is named.')),
      ),
      position,
      after_id,
      before_id,
      revision: optional(revision),
      unmoved_since: since(
        'Number of the latest change you have seen; refused (409 changed_since, with the changes) where the chunk was put elsewhere since.',
      ),
    }),
    output: object('MoveChunkOutput', { ...Ok, id: Text(), new_parent_id: Text(), position: Int() }),
  }),
  move_card: op({
    name: 'move_card',
    description:
      'Put a card into a column, that is give it a status, and to its place there: last unless it is to stand beside another card. Refused (409 column_full) where the column takes no more; the answer says which do.',
    idempotent: true,
    effect: 'changes',
    input: object('MoveCardInput', {
      scope,
      id,
      status,
      after_id: optional(Text('Card of that column it comes right after; passed over where it is no longer there.')),
      before_id: optional(Text('Card of that column it comes right before; passed over where it is no longer there.')),
      revision: optional(revision),
    }),
    output: object('MoveCardOutput', {
      id: Text(),
      document_id: Text(),
      status: Text('Empty where it has none.'),
      rank: Text('Empty where it has no status.'),
      revision: Int('One more where the status was changed; a place alone makes none.'),
    }),
  }),
  card_runs: op({
    name: 'card_runs',
    description:
      'Which agents are at work on the cards of a document, or on one card, what they ask, and which cards wait for their turn; of one card also the runs that have ended, the newest first.',
    idempotent: true,
    effect: 'reads',
    input: object('CardRunsInput', { scope, document_id: Text(), id: optional(id), limit: limit(200, 100) }),
    output: object('CardRunsOutput', {
      runs: Type.Array(
        object('CardRun', {
          chunk_id: Text('The card.'),
          ...AgentRow.properties,
          questions: Type.Array(Interrupt, { description: 'That it waits to be answered.' }),
        }),
      ),
      waiting: Type.Array(
        object('WaitingCard', {
          chunk_id: Text('The card.'),
          agent: Text('Is started when its turn has come.'),
          status: optional(Text('The column that has it started.')),
          comment_id: optional(Text('The comment that mentions it.')),
          asked_by: ChangeActor,
          since: Text(),
        }),
        { description: 'In their order.' },
      ),
    }),
  }),
  reorder_chunk: op({
    name: 'reorder_chunk',
    description: 'Move a chunk one place up or down among its siblings.',
    idempotent: false,
    effect: 'changes',
    input: object('ReorderChunkInput', { scope, id, direction: oneOf(['up', 'down']), revision: optional(revision) }),
    output: object('ReorderChunkOutput', { reordered: Bool(), id: Text(), direction: optional(Text()) }),
  }),
}
