import { describe, expect, it } from 'vitest'
import { FairLine } from './fair-line.ts'

const of = (tenantId: string, userId = 'u') => ({ tenantId, userId })
const all = (line: FairLine<string>) => Array.from({ length: line.size }, () => line.shift())

describe('a fair line', () => {
  it('has tenants take turns, then their users, and keeps the order of each', () => {
    const line = new FairLine<string>()
    for (const item of ['a1', 'a2', 'a3']) line.push(of('a', 'one'), item)
    line.push(of('a', 'two'), 'A1')
    for (const item of ['b1', 'b2']) line.push(of('b'), item)
    expect(all(line)).toEqual(['a1', 'b1', 'A1', 'b2', 'a2', 'a3'])
    expect(line.shift()).toBeUndefined()
  })

  it('passes over a tenant that may not have one, which stays first', () => {
    const line = new FairLine<string>()
    line.push(of('a'), 'a1')
    line.push(of('b'), 'b1')
    expect(line.shift((tenant) => tenant !== 'a')).toBe('b1')
    expect(line.shift((tenant) => tenant !== 'a')).toBeUndefined()
    expect(all(line)).toEqual(['a1'])
  })

  it('forgets who waits no more', () => {
    const line = new FairLine<string>()
    line.push(of('a'), 'a1')
    line.push(of('a'), 'a2')
    expect(line.remove(of('a'), 'a1')).toBe(true)
    expect(line.remove(of('a'), 'a1')).toBe(false)
    expect(line.remove(of('nobody'), 'a1')).toBe(false)
    expect(all(line)).toEqual(['a2'])
  })

  it('makes room in what the tenant with the most has waiting, for one with fewer', () => {
    const line = new FairLine<string>()
    expect(line.takeFromMost('b')).toBeUndefined()
    for (const item of ['a1', 'a2', 'a3']) line.push(of('a', 'one'), item)
    line.push(of('a', 'two'), 'A1')
    expect(line.takeFromMost('a')).toBeUndefined()
    expect(line.takeFromMost('b')).toBe('a3')
    line.push(of('b'), 'b1')
    expect(line.takeFromMost('b')).toBe('a2')
    line.push(of('b'), 'b2')
    expect(line.takeFromMost('b')).toBeUndefined()
    expect(line.size).toBe(4)
  })
})
