import type { Scene } from './scene.ts'

export const think: Scene = {
  heard:
    /^\W*(?:please\s+)?think\b|\bthink (?:hard|about|it|through|aloud|out loud)\b|\breason(?:ing)?\b|\bpuzzle\b|\briddle\b/i,
  turns: [
    () => ({
      pace: { chunk_chars: 18, delay_ms: 45 },
      thinking: `A puzzle, then. A weaver has to bring a wolf, a goat and a cabbage across a river. The boat carries the weaver and one of the three. Left alone, the wolf eats the goat, and the goat eats the cabbage.

What can stay together without the weaver? Wolf and cabbage: the wolf does not care for cabbage. Nothing else. So whenever the weaver is away from a bank, that bank may hold wolf and cabbage, or one of the three alone, or nobody.

First crossing. If the weaver takes the wolf, goat and cabbage stay behind: bad. If the weaver takes the cabbage, wolf and goat stay behind: bad. So it has to be the goat. Bank one: wolf, cabbage. Bank two: goat.

The weaver goes back alone. Now either the wolf or the cabbage crosses next. Say the wolf: then bank two holds wolf and goat, and the weaver must go back for the cabbage. That leaves wolf and goat together. Say the cabbage: goat and cabbage are left together. Both look like dead ends.

Unless something comes back. The rules never said that what has crossed must stay there. Suppose the weaver brings the wolf over and takes the goat back. Bank two: wolf. Bank one: goat, cabbage, weaver. Now the goat stays alone on bank one while the cabbage crosses. Bank two: wolf, cabbage, which is the one pair that may be left. The weaver goes back alone and fetches the goat.

Let me count the crossings: goat over, back, wolf over, goat back, cabbage over, back, goat over. Seven. Could it be fewer? Each trip over brings at most one across for good, and the goat has to come back once, so four trips over are needed and three back. Seven is the least.

By symmetry wolf and cabbage may swap their turns. Two solutions, the same length.`,
      text: `It takes **seven crossings**, and the trick is that the goat travels twice:

1. Take the goat over.
2. Come back alone.
3. Take the wolf over.
4. Bring the **goat back**.
5. Take the cabbage over.
6. Come back alone.
7. Take the goat over.

Wolf and cabbage may change places. Fewer crossings are not possible: the goat has to return once, which makes four trips over and three back.

The reasoning above was as scripted as this answer. With a model you would see its own, where the service shows it.`,
    }),
  ],
}
