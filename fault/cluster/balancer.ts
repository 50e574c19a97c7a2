import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Random } from '../random.ts'

/** Hands each request to one of them by chance, and to another where that one does not take it. */
export class Balancer {
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
  }

  static async over(targets: readonly string[], random: Random): Promise<Balancer> {
    const server = createServer((asked, answer) => {
      const body: Buffer[] = []
      asked.on('data', (chunk: Buffer) => body.push(chunk))
      asked.on('end', () => pass(inAnyOrder(targets, random)))
      const pass = ([target, ...others]: string[]) => {
        if (!target) return answer.writeHead(502).end()
        const { method, url, headers } = asked
        const passed = request(new URL(url!, target), { method, headers: { ...headers, host: new URL(target).host } })
        passed.on('response', (answered) => {
          answer.writeHead(answered.statusCode!, answered.headers)
          answered.pipe(answer)
          answered.on('error', () => answer.destroy())
          answered.on('aborted', () => answer.destroy())
        })
        passed.on('error', ({ code }: NodeJS.ErrnoException) => {
          if (code === 'ECONNREFUSED') pass(others)
          else answer.destroy()
        })
        answer.on('close', () => passed.destroy())
        passed.end(Buffer.concat(body))
      }
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new Balancer(server)
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close() {
    this.#server.close()
    this.#server.closeAllConnections()
  }
}

function inAnyOrder(targets: readonly string[], random: Random): string[] {
  return targets
    .map((target) => ({ target, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ target }) => target)
}
