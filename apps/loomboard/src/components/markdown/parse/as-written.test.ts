import { describe, expect, it } from 'vitest'
import { findFixture } from '../../../../../../fixtures/find-fixture.ts'
import { drawnMarkdown } from '../../../testing/drawn-markdown.ts'

const inline = (text: string) => drawnMarkdown(text).replace(/^<p>(.*)<\/p>$/s, '$1')
const fixture = (name: string) => drawnMarkdown(findFixture(`markdown/${name}.md`)!)

describe('a formula', () => {
  it.each([
    ['Let $x^2$ be.', 'Let <tex>x^2</tex> be.'],
    ['the variable $n$ and $f(n)$', 'the variable <tex>n</tex> and <tex>f(n)</tex>'],
    ['Let \\(x + 1\\) be.', 'Let <tex>x + 1</tex> be.'],
    ['an \\(n\\) of \\(\\alpha\\)', 'an <tex>n</tex> of <tex>\\alpha</tex>'],
    ['So $$a = b$$ holds.', 'So <tex block>a = b</tex> holds.'],
    ['So \\[a = b\\] holds.', 'So <tex block>a = b</tex> holds.'],
    ['It is $\\$5 + x$ then.', 'It is <tex>\\$5 + x</tex> then.'],
    ['that is $\\text{price} = \\$10$', 'that is <tex>\\text{price} = \\$10</tex>'],
    ['with $a*b*c$ stars', 'with <tex>a*b*c</tex> stars'],
    ['$\\sin x$, $\\log(n)$', '<tex>\\sin x</tex>, <tex>\\log(n)</tex>'],
    ['$100 < x$ and $x = 5$', '<tex>100 &lt; x</tex> and <tex>x = 5</tex>'],
  ])('is in %j', (text, shown) => {
    expect(inline(text)).toBe(shown)
  })

  it.each([
    ['$$\na = b\n$$', 'a = b'],
    ['$$a = b$$', 'a = b'],
    ['\\[\n\\int_0^1 x\n\\]', '\\int_0^1 x'],
    ['\\[ a^2\n= b\n- c \\]', 'a^2\n= b\n- c'],
    ['$$\na\n\n+ b\n$$', 'a\n\n+ b'],
    ['\\[\na = b\n\\].', 'a = b.'],
  ])('in lines of its own is all of %j', (text, tex) => {
    const math = `<pre><code class="language-math">${tex}</code></pre>`
    const lines = (html: string) => html.replaceAll(/\n+(?=<\/code>)/g, '')
    expect(lines(drawnMarkdown(text))).toBe(math)
    expect(lines(drawnMarkdown(text.replaceAll(/^/gm, '> ')))).toBe(`<blockquote>${math}</blockquote>`)
    expect(lines(drawnMarkdown(`- ${text.replaceAll('\n', '\n  ')}`))).toBe(`<ul><li>${math}</li></ul>`)
  })

  it('that has not got its end is the TeX it is', () => {
    expect(drawnMarkdown('$$\na = b')).toContain('<code class="language-tex">$$\na = b')
  })

  it.each([
    'It costs $5 and $10.',
    'from $20 to $30 (or US$40)',
    '$HOME/bin and $PATH',
    '$PATH:$HOME',
    'one $ sign',
    'The old plan was $5/month, the new plan is 10$/month.',
    'Total: $1,200 (incl. VAT) or 1,100$ (net).',
    'It costs $3 + $4 shipping = $7.',
    'Budget ($400k-$500k), salary $80,000/yr vs. 90,000$/yr.',
    'He paid $20 (cash) and got 5$ back.',
    '$$ is the process, $1 its argument',
  ])('is not in %j', (text) => {
    expect(inline(text)).toBe(text)
  })

  it.each([
    ['A price of \\$5 and \\$6', 'A price of $5 and $6'],
    ['A note \\[citation needed\\] and a box \\[ \\] and \\[x\\]', 'A note [citation needed] and a box [ ] and [x]'],
    ['and \\(not math, just parentheses\\)', 'and (not math, just parentheses)'],
    ['match \\(abc\\) and \\[0-9\\]', 'match (abc) and [0-9]'],
    ['`$x^2$` and `\\(x\\)`', '<code>$x^2$</code> and <code>\\(x\\)</code>'],
    ['[Foo](https://a.example/Foo_\\(bar\\))', '<a href="https://a.example/Foo_(bar)">Foo</a>'],
    ['<https://a.example/$a_b$>', '<a href="https://a.example/$a_b$">https://a.example/$a_b$</a>'],
    ['```tex\n$$a$$\n```', '<pre><code class="language-tex">$$a$$</code></pre>'],
    ["    sed 's/\\(a\\)/$x_1$/'", "<pre><code>sed 's/\\(a\\)/$x_1$/'</code></pre>"],
    ['1. Step\n\n       \\[b\\]', '<ol><li><p>Step</p><pre><code>\\[b\\]</code></pre></li></ol>'],
  ])('is not in %j, which is %s', (text, shown) => {
    expect(inline(text).replaceAll('\n</code>', '</code>')).toBe(shown)
  })
})

it('a fence that names a language inside of a fence of Markdown is part of it', () => {
  const html = fixture('nested-fence')
  expect(html.match(/<pre>/g)).toHaveLength(1)
  expect(html).toContain('run()\n```\n\n## License\nMIT')
  expect(html).toMatch(/<\/pre><p>That is all of it\.<\/p>$/)
})

describe('the end of a line', () => {
  it.each([
    ['Roses are red,\nviolets are blue.', 'Roses are red,<br></br>violets are blue.'],
    ['**Ann**\n12 Quay Street\nHarbour', '<strong>Ann</strong><br></br>12 Quay Street<br></br>Harbour'],
    ['*one\ntwo*', '<em>one<br></br>two</em>'],
    [`${'x'.repeat(130)}\nmore`, `${'x'.repeat(130)}<br></br>more`],
  ])('in %j is a break', (text, shown) => {
    expect(inline(text)).toBe(shown)
  })

  it('of text that was wrapped is none', () => {
    const text = `${'some words '.repeat(7)}\nand more of them`
    expect(inline(text)).not.toContain('<br')
  })
})

describe('HTML', () => {
  it.each([
    ['H<sub>2</sub>O', 'H<sub>2</sub>O'],
    ['x<SUP class="a" onclick="b()">2</SUP>', 'x<sup>2</sup>'],
    ['<kbd>Ctrl</kbd>+<kbd>**C**</kbd>', '<kbd>Ctrl</kbd>+<kbd><strong>C</strong></kbd>'],
    ['<sub>a <sup>b</sup></sub>', '<sub>a <sup>b</sup></sub>'],
    ['a <sub>never closed', 'a &lt;sub>never closed'],
    ['a</sub> <sub>b', 'a&lt;/sub> &lt;sub>b'],
    ['<sub>a *b</sub> c*', '&lt;sub>a <em>b&lt;/sub> c</em>'],
  ])('%s is %s', (text, shown) => {
    expect(inline(text)).toBe(shown)
  })

  it.each([
    [
      '<details>\n<summary>**More**</summary>\n\n- one\n\n</details>',
      '<details><summary><strong>More</strong></summary><ul><li><p>one</p></li></ul></details>',
    ],
    [
      '<details open><summary>A</summary>words</details>',
      '<details open="true"><summary>A</summary><p>words</p></details>',
    ],
    [
      '<details>\n\nwords\n\n</details>\n\nafter',
      '<details><summary>Details</summary><p>words</p></details><p>after</p>',
    ],
    [
      '<details ontoggle="x()"><summary onclick="y()">A</summary>\n\n<script>z()</script>\n\n</details>',
      '<details><summary>A</summary><p>&lt;script>z()&lt;/script></p></details>',
    ],
    ['</details>', '<p>&lt;/details></p>'],
    ['> <div>\n> x', '<blockquote><p>&lt;div>x</p></blockquote>'],
    ['- <div>\n  x', '<ul><li><p>&lt;div>x</p></li></ul>'],
  ])('%s unfolds', (text, shown) => {
    expect(drawnMarkdown(text)).toBe(shown)
  })
})

describe('in writing without spaces', () => {
  it.each([
    ['**「重要」**です', '<strong>「重要」</strong>です'],
    ['これは**「重要」**です。', 'これは<strong>「重要」</strong>です。'],
    ['**重要：**说明', '<strong>重要：</strong>说明'],
    ['**스크립트(script)**를', '<strong>스크립트(script)</strong>를'],
    ['*（强调）*的', '<em>（强调）</em>的'],
    ['~~「削除」~~した', '<del>「削除」</del>した'],
    ['a~~(b)~~c 1 ~~ 2', 'a~~(b)~~c 1 ~~ 2'],
    ['snake_case_name and **bold**', 'snake_case_name and <strong>bold</strong>'],
    ['2 ** 3 and a**b', '2 ** 3 and a**b'],
    ['参见https://a.example/c。然后', '参见<a href="https://a.example/c">https://a.example/c</a>。然后'],
    ['（www.a.example）', '（<a href="http://www.a.example">www.a.example</a>）'],
    ['[https://a.example/。](https://a.example/。)', '<a href="https://a.example/%E3%80%82">https://a.example/。</a>'],
  ])('%s is drawn as %s', (text, shown) => {
    expect(inline(text)).toBe(shown)
  })
})
