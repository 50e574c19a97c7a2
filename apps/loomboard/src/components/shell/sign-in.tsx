import { AuthError } from '@loomcycle/client'
import { type FormEvent, useState } from 'react'
import { client, connection } from '../../lib/client.ts'
import { describeError } from '../../lib/describe-error.ts'
import { Button } from '../ui/button.tsx'
import { Input } from '../ui/input.tsx'
import { BrandMark } from './brand.tsx'

/** Asks for the token once. It goes to the runtime, which answers with a cookie no script can read, and is forgotten here. */
export function SignIn() {
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)

  async function signIn(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const token = String(new FormData(event.currentTarget).get('token')).trim()
    setBusy(true)
    try {
      await client.login(token)
      connection.signedIn()
    } catch (error) {
      setProblem(error instanceof AuthError ? 'The runtime does not know this token.' : describeError(error).reason)
    } finally {
      setBusy(false)
    }
  }

  return (
    <main id="main" className="flex h-full items-center justify-center p-4">
      <form onSubmit={signIn} className="flex w-full max-w-sm flex-col gap-4 rounded-xl border bg-surface p-6">
        <BrandMark className="size-7 text-accent-text" />
        <div>
          <h1 className="font-display font-semibold text-xl">Sign in</h1>
          <p className="mt-1 text-muted text-sm">
            This runtime asks for a token: the one it was started with as{' '}
            <code className="font-mono">LOOMCYCLE_AUTH_TOKEN</code>.
          </p>
        </div>
        <label htmlFor="sign-in-token" className="flex flex-col gap-1.5 font-medium text-sm">
          Token
          <Input
            id="sign-in-token"
            name="token"
            type="password"
            autoComplete="current-password"
            required
            autoFocus
            aria-invalid={problem !== ''}
            aria-describedby={problem ? 'sign-in-problem' : undefined}
          />
        </label>
        {problem && (
          <p id="sign-in-problem" role="alert" className="text-danger text-sm">
            {problem}
          </p>
        )}
        <Button type="submit" variant="primary" disabled={busy}>
          {busy ? 'Signing in…' : 'Sign in'}
        </Button>
      </form>
    </main>
  )
}
