/** On whose behalf something waits. */
export interface Whose {
  tenantId: string
  userId: string
}

/** Who is next: tenants take turns, the users of one do, and what waits for one user keeps its order. */
export class FairLine<T> {
  /** Those whose turn comes sooner stand before the others. */
  readonly #tenants = new Map<string, Map<string, T[]>>()
  #size = 0

  get size(): number {
    return this.#size
  }

  push({ tenantId, userId }: Whose, item: T) {
    const users = this.#tenants.get(tenantId) ?? new Map<string, T[]>()
    const items = users.get(userId) ?? []
    items.push(item)
    this.#tenants.set(tenantId, users.set(userId, items))
    this.#size++
  }

  /** The next one, of the tenants that `may` have one. */
  shift(may: (tenantId: string) => boolean = () => true): T | undefined {
    for (const [tenantId, users] of this.#tenants) {
      if (!may(tenantId)) continue
      const [userId, items] = users.entries().next().value!
      const item = items.shift()!
      this.#size--
      this.#tenants.delete(tenantId)
      users.delete(userId)
      if (items.length > 0) users.set(userId, items)
      if (users.size > 0) this.#tenants.set(tenantId, users)
      return item
    }
    return undefined
  }

  /** False where it does not wait any more. */
  remove({ tenantId, userId }: Whose, item: T): boolean {
    const users = this.#tenants.get(tenantId)
    const items = users?.get(userId) ?? []
    const at = items.indexOf(item)
    if (at < 0) return false
    items.splice(at, 1)
    this.#size--
    if (items.length === 0) users!.delete(userId)
    if (users!.size === 0) this.#tenants.delete(tenantId)
    return true
  }

  /** What came last for the tenant with the most, where that has more than this one; it waits no more. */
  takeFromMost(tenantId: string): T | undefined {
    const counts = [...this.#tenants].map(([id, users]) => ({ id, users, count: countOf(users) }))
    const most = counts.reduce((most, one) => (one.count > most.count ? one : most), counts[0]!)
    if (!most || most.count <= countOf(this.#tenants.get(tenantId)) + 1) return undefined
    const [userId, items] = [...most.users].reduce((a, b) => (b[1].length > a[1].length ? b : a))
    const last = items.at(-1)!
    this.remove({ tenantId: most.id, userId }, last)
    return last
  }
}

function countOf(users: ReadonlyMap<string, readonly unknown[]> | undefined): number {
  return [...(users ?? new Map<string, unknown[]>()).values()].reduce((sum, items) => sum + items.length, 0)
}
