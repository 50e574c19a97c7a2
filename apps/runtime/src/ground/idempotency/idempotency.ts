import { createHash } from 'node:crypto'
import { RuntimeError } from '@loomcycle/proto'
import type { Kysely } from 'kysely'
import { canonicalPieces } from '../canonical-json.ts'
import type { Database } from '../db/database.ts'
import { execute } from '../db/execute.ts'
import type { Schema } from '../db/schema/index.ts'
import type { Statement } from '../db/statement.ts'
import { inSlices } from '../in-slices.ts'
import { parseJson } from '../json.ts'
import { findKey, insertKey, insertKeyUnlessThere, type KeyName } from './store.ts'

/** With the key that its caller sent as `Idempotency-Key`; it stands for this request of theirs for a day. */
export interface KeyedRequest extends KeyName {
  hash: string
}

interface KeyHolder {
  principal: { subject: string }
  idempotencyKey?: string | undefined
}

const keyPattern = /^[\x21-\x7e]{1,255}$/

export function checkedKey(header: string | undefined): string | undefined {
  if (header === undefined || keyPattern.test(header)) return header
  throw new RuntimeError('invalid_request', 'Idempotency-Key must be 1 to 255 visible ASCII characters')
}

/** Undefined without a key. `request` tells it from other requests of the kind. */
export async function keyedRequest(
  caller: KeyHolder,
  tenantId: string,
  operation: string,
  request: unknown,
): Promise<KeyedRequest | undefined> {
  const key = checkedKey(caller.idempotencyKey)
  if (key === undefined) return undefined
  return { tenantId, operation, key: ownKey(caller, key), hash: await requestHash(request) }
}

/** Others may use the same. */
function ownKey({ principal }: KeyHolder, key: string): string {
  return JSON.stringify([principal.subject, key])
}

/** The same however the members of its JSON are ordered; what is long is gone through in slices. */
export async function requestHash(request: unknown): Promise<string> {
  const work = hashing(request)
  for (let steps = 0; steps < fewSteps; steps++) {
    const { done, value } = work.next()
    if (done) return value
  }
  return inSlices(work)
}

const fewSteps = 100

function* hashing(request: unknown): Generator<void, string> {
  const hash = createHash('sha256')
  for (const piece of canonicalPieces(request)) {
    if (piece) hash.update(piece)
    yield
  }
  return hash.digest('base64url')
}

/** What the same request made before. Throws when the key was used for another request. */
export async function findResult(db: Pick<Database, 'read'>, request: KeyedRequest): Promise<string | undefined> {
  const row = await findKey(db.read, request)
  if (row && row.request_hash !== request.hash) {
    throw new RuntimeError(
      'idempotency_key_reused',
      'This Idempotency-Key was used for a different request; use a new one.',
    )
  }
  return row?.result_id
}

/** Belongs into the unit that stores the result: of two requests with one key, one fails and finds the other's. */
export function rememberResult(request: KeyedRequest, resultId: string, at: number): Statement {
  return insertKey(request, request.hash, resultId, at)
}

/** The same for an answer; nothing without a key. */
export function rememberAnswer(request: KeyedRequest | undefined, answer: unknown, at: number): Statement[] {
  return request ? [rememberResult(request, toText(answer), at)] : []
}

/**
 * Answers a request with a key as it was answered before. What must not happen twice stores its answer in the unit that
 * does it; of everything else, which may be done again, the first answer is stored once it is there.
 */
export async function answerOnce<T>(
  { db, clock }: { db: Pick<Database, 'read' | 'write'>; clock: { now(): number } },
  request: KeyedRequest | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (!request) return work()
  const before = await findResult(db, request)
  if (before !== undefined) return toAnswer<T>(before)
  try {
    const answer = await work()
    await db.write([insertKeyUnlessThere(request, request.hash, toText(answer), clock.now())])
    return answer
  } catch (error) {
    // Whatever it was refused for, its twin may have done it meanwhile.
    const twin = await findResult(db, request)
    if (twin === undefined) throw error
    return toAnswer<T>(twin)
  }
}

/** In a transaction that does what must not happen twice. */
export async function keepAnswer(
  tx: Kysely<Schema>,
  request: KeyedRequest | undefined,
  answer: unknown,
  at: number,
): Promise<void> {
  for (const statement of rememberAnswer(request, answer, at)) await execute(tx, statement)
}

/** Some answers are only that it was done. */
function toText(answer: unknown): string {
  return answer === undefined ? '' : JSON.stringify(answer)
}

function toAnswer<T>(text: string): T {
  return (text === '' ? undefined : parseJson(text)) as T
}
