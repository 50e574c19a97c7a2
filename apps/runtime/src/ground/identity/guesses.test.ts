import type { RuntimeError } from '@loomcycle/proto'
import { expect, it } from 'vitest'
import { settableClock } from '../../areas/channels/testing/some-channels.ts'
import { Guesses } from './guesses.ts'

const minute = 60_000

function guessing() {
  const clock = settableClock(0)
  const guesses = new Guesses(clock)
  let n = 0
  return {
    clock,
    guesses,
    /** Different ones. */
    wrong(address: string, times: number) {
      for (let i = 0; i < times; i++) guesses.wrong(address, `guess ${n++}`)
    },
    /** Seconds to wait; 0 where it may go on. */
    wait(address: string): unknown {
      try {
        guesses.check(address)
        return 0
      } catch (error) {
        return (error as RuntimeError).fields.retry_after_s
      }
    },
  }
}

it('a place with ten different wrong credentials waits until five minutes after its first', () => {
  const { clock, wrong, wait } = guessing()
  wrong('192.0.2.1', 1)
  clock.set(minute)
  wrong('192.0.2.1', 8)
  expect(wait('192.0.2.1')).toBe(0)
  wrong('192.0.2.1', 1)
  expect(wait('192.0.2.1')).toBe(240)
  expect(wait('192.0.2.2')).toBe(0)
  clock.set(5 * minute)
  expect(wait('192.0.2.1')).toBe(0)
  wrong('192.0.2.1', 9)
  expect(wait('192.0.2.1')).toBe(0)
})

it('the same wrong credential again and again is one guess', () => {
  const { guesses, wait } = guessing()
  for (let i = 0; i < 300; i++) guesses.wrong('192.0.2.1', 'the old token')
  expect(wait('192.0.2.1')).toBe(0)
  expect(wait('203.0.113.1')).toBe(0)
})

it('addresses of one network that somebody may choose from count as one place', () => {
  const { wrong, wait } = guessing()
  for (let i = 0; i < 10; i++) wrong(`2001:db8:0:1::${i}`, 1)
  expect(wait('2001:DB8::1:9:9:9:9')).toBe(300)
  expect(wait('2001:db8:0:2::1')).toBe(0)
})

it('many places together do not get further; this machine and those that were right are still answered', () => {
  const { clock, guesses, wrong, wait } = guessing()
  guesses.right('198.51.100.7')
  clock.set(minute)
  for (let i = 0; i < 199; i++) wrong(`192.0.2.${i}`, 1)
  expect(wait('203.0.113.1')).toBe(0)
  wrong('192.0.2.200', 1)
  expect(wait('203.0.113.1')).toBe(300)
  expect(wait('198.51.100.7')).toBe(0)
  expect(wait('127.0.0.1')).toBe(0)
  expect(wait('::1')).toBe(0)
  wrong('127.0.0.1', 10)
  expect(wait('127.0.0.1')).toBe(300)
  clock.set(6 * minute)
  expect(wait('203.0.113.1')).toBe(0)
})
