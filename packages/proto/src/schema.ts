import { type Static, type TProperties, type TSchema, Type } from 'typebox'

/** Gives a schema the name it has in OpenAPI and in the SDK's generated types. */
export function named<S extends TSchema>(title: string, schema: S): S {
  return { ...schema, title }
}

/** An object that lets unknown keys pass, as everything on this wire does. */
export function object<P extends TProperties>(title: string, properties: P, description?: string) {
  return Type.Object(properties, description ? { title, description } : { title })
}

export function oneOf<const T extends readonly string[]>(values: T, description?: string) {
  return Type.Unsafe<T[number]>({ type: 'string', enum: [...values], ...(description ? { description } : {}) })
}

/** Absent, null, or the zero of its type where that means nothing of its own: all say the same (`given.ts`). */
export const optional = Type.Optional

const empties = new WeakMap<object, { isNull: boolean }>()

/** An optional text for which `""` is a value like any other. */
export function emptyCounts<S extends TSchema>(schema: S): S {
  empties.set(schema, { isNull: false })
  return schema
}

/** An optional text that `""` and null take away. */
export function clearable<S extends TSchema>(schema: S): S {
  empties.set(schema, { isNull: true })
  return schema
}

/** An optional member that null takes away from what is there, and nothing else: the zero of its type says nothing. */
export function takenByNull<S extends TSchema>(schema: S) {
  const { description } = schema as { description?: string }
  return optional(Type.Union([schema, Type.Null()], description === undefined ? {} : { description }))
}

/** Whether `""` is a value of it, and null the same one. */
export function emptyOf(schema: object): { isNull: boolean } | undefined {
  return empties.get(schema)
}

export const Text = (description?: string) => Type.String(description ? { description } : {})
export const Int = (description?: string) => Type.Integer(description ? { description } : {})
export const Bool = (description?: string) => Type.Boolean(description ? { description } : {})
/** RFC 3339, UTC. */
export const Time = (description?: string) => Type.String({ ...(description ? { description } : {}) })
export const Anything = (description?: string) => Type.Unknown(description ? { description } : {})

/** Goes with `next_cursor`, in every list that is read page by page. */
export const cursor = optional(
  Text(
    '`next_cursor` of the page before, to go on behind it. Everything but the limit is asked as it was for that page.',
  ),
)
export const next_cursor = optional(Text('There is more; ask with it as `cursor`.'))

export type Of<S extends TSchema> = Static<S>
