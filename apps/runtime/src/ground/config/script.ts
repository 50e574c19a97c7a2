import { type Static, Type } from 'typebox'
import type { FailureClass } from '../../models/providers/provider.ts'

const closed = { additionalProperties: false }
const failureClasses: FailureClass[] = ['retryable', 'permanent', 'deprecated', 'cancelled']
const Count = Type.Integer({ minimum: 0 })

const PaceData = Type.Object(
  { chunk_chars: Type.Integer({ minimum: 1 }), delay_ms: Type.Number({ minimum: 0 }) },
  closed,
)

const TurnData = Type.Object(
  {
    thinking: Type.Optional(Type.String()),
    text: Type.Optional(Type.String()),
    tool_calls: Type.Optional(
      Type.Array(Type.Object({ name: Type.String(), input: Type.Unknown(), id: Type.Optional(Type.String()) }, closed)),
    ),
    error: Type.Optional(
      Type.Object(
        {
          message: Type.String(),
          class: Type.Optional(Type.Unsafe<FailureClass>({ type: 'string', enum: failureClasses })),
          status: Type.Optional(Type.Integer()),
        },
        closed,
      ),
    ),
    hold: Type.Optional(Type.Boolean()),
    stop_reason: Type.Optional(Type.String()),
    usage: Type.Optional(
      Type.Object(
        {
          input_tokens: Type.Optional(Count),
          output_tokens: Type.Optional(Count),
          cache_creation_input_tokens: Type.Optional(Count),
          cache_read_input_tokens: Type.Optional(Count),
          max_context_tokens: Type.Optional(Count),
        },
        closed,
      ),
    ),
    pace: Type.Optional(PaceData),
  },
  closed,
)

/** A script as it stands in a YAML or JSON file. */
export const Script = Type.Object(
  {
    pace: Type.Optional(PaceData),
    scenes: Type.Array(
      Type.Object(
        {
          match: Type.Optional(Type.String({ description: 'Regular expression, found anywhere in what was said.' })),
          turns: Type.Array(TurnData, { minItems: 1 }),
        },
        closed,
      ),
      { minItems: 1 },
    ),
  },
  closed,
)
export type Script = Static<typeof Script>
