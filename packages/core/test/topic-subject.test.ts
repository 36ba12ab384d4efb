import { filter, firstValueFrom, map, Subject, take, toArray } from 'rxjs'
import { describe, expect, it } from 'vitest'
import type { Match } from '../src/router.ts'
import { type Listener, TopicSubject } from '../src/topic-subject.ts'

interface News {
  readonly type: string
  readonly text: string
}

interface Reader extends Listener {
  readonly name: string
}

class Newspaper extends TopicSubject<News, Reader, number> {
  readonly read: string[] = []
  readonly #before: (news: News) => void

  constructor(before: (news: News) => void = () => undefined) {
    super((topic) => topic.length)
    this.#before = before
  }

  protected override deliver(news: News, { values, note }: Match<Reader, number>): void {
    this.#before(news)
    for (const { name } of values) this.read.push(`${name}: ${news.text} (${note})`)
  }
}

let order = 0
function reader(name: string, ...patterns: string[]): Reader {
  return { name, patterns, priority: 0, order: order++ }
}

describe('a subject with topics', () => {
  it('brings a value to the listeners whose patterns match its type, with the note on its topic', () => {
    const paper = new Newspaper()
    paper.add(reader('Ada', 'sport.*'))
    paper.add(reader('Bob', 'sport.chess', 'weather'))
    paper.next({ type: 'sport.chess', text: 'mate' })
    paper.next({ type: 'sport:golf', text: 'birdie' })
    paper.next({ type: 'weather', text: 'rain' })
    paper.next({ type: 'politics', text: 'talk' })
    expect(paper.read).toEqual(['Ada: mate (11)', 'Bob: mate (11)', 'Ada: birdie (10)', 'Bob: rain (7)'])
  })

  it('brings every value to plain observers, and through operators, as any Subject does', async () => {
    const paper = new Newspaper()
    expect(paper).toBeInstanceOf(Subject)
    const all: string[] = []
    const long: string[] = []
    const subscription = paper.subscribe(({ text }) => all.push(text))
    paper.subscribe({ next: ({ text }) => long.push(text) })
    const upper = firstValueFrom(
      paper.pipe(
        filter(({ type }) => type === 'weather'),
        map(({ text }) => text.toUpperCase()),
        take(2),
        toArray(),
      ),
    )
    const sealed = firstValueFrom(paper.asObservable())
    paper.next({ type: 'weather', text: 'rain' })
    paper.next({ type: 'politics', text: 'talk' })
    subscription.unsubscribe()
    paper.next({ type: 'weather', text: 'sun' })
    expect(all).toEqual(['rain', 'talk'])
    expect(long).toEqual(['rain', 'talk', 'sun'])
    await expect(upper).resolves.toEqual(['RAIN', 'SUN'])
    await expect(sealed).resolves.toMatchObject({ text: 'rain' })
  })

  it('tells its observers when it completes', () => {
    const paper = new Newspaper()
    let complete = false
    paper.subscribe({ complete: () => (complete = true) })
    paper.complete()
    expect(complete).toBe(true)
  })

  it('refuses a value whose type is no topic: nobody sees it', () => {
    const paper = new Newspaper()
    paper.add(reader('Ada', '**'))
    const seen: News[] = []
    paper.subscribe((news) => seen.push(news))
    for (const type of ['', 'sport.*', 'a b']) {
      expect(() => paper.next({ type, text: 'oops' })).toThrow(
        expect.objectContaining({ code: 'topic-invalid' }),
      )
    }
    expect(seen).toEqual([])
    expect(paper.read).toEqual([])
  })

  it('passes a value to the listeners of the moment when the match was looked up', () => {
    const paper = new Newspaper()
    paper.add(reader('Ada', 'sport.*'))
    const { values } = paper.match('sport.chess')
    const match = { values, note: 0 }
    paper.add(reader('Bob', 'sport.*'))
    paper.pass({ type: 'sport.chess', text: 'mate' }, match)
    expect(paper.read).toEqual(['Ada: mate (0)'])
  })

  it('may be given a value while it delivers one', () => {
    const paper: Newspaper = new Newspaper(({ text }) => {
      if (text === 'rain') paper.next({ type: 'weather', text: 'flood' })
    })
    paper.add(reader('Ada', 'weather'))
    paper.next({ type: 'weather', text: 'rain' })
    expect(paper.read).toEqual(['Ada: flood (7)', 'Ada: rain (7)'])
  })
})

describe('a listener', () => {
  it('hears nothing more once removed, under none of its patterns', () => {
    const paper = new Newspaper()
    const ada = reader('Ada', 'sport.*', '**.chess', 'weather')
    paper.add(ada)
    paper.next({ type: 'sport.chess', text: 'mate' })
    paper.remove(ada)
    paper.next({ type: 'sport.chess', text: 'draw' })
    paper.next({ type: 'weather', text: 'rain' })
    expect(paper.read).toEqual(['Ada: mate (11)'])
    expect(paper.all()).toEqual([])
  })

  it('with one malformed pattern among others is not added at all', () => {
    const paper = new Newspaper()
    paper.next({ type: 'sport.chess', text: 'mate' })
    expect(() => paper.add(reader('Ada', 'sport.*', 'sport.chess', 'sp*rt', 'weather'))).toThrow(
      expect.objectContaining({ code: 'pattern-invalid' }),
    )
    paper.next({ type: 'sport.chess', text: 'draw' })
    paper.next({ type: 'weather', text: 'rain' })
    expect(paper.read).toEqual([])
    expect(paper.all()).toEqual([])
    expect(paper.at('sport.*')).toEqual([])
  })

  it('under the same pattern twice hears once, and is removed at once', () => {
    const paper = new Newspaper()
    const ada = reader('Ada', 'sport.*', 'sport:*', 'sport.chess', 'sport.chess')
    paper.add(ada)
    paper.next({ type: 'sport.chess', text: 'mate' })
    paper.remove(ada)
    paper.next({ type: 'sport.chess', text: 'draw' })
    expect(paper.read).toEqual(['Ada: mate (11)'])
  })

  it('without a pattern hears nothing', () => {
    const paper = new Newspaper()
    paper.add(reader('Ada'))
    paper.next({ type: 'weather', text: 'rain' })
    expect(paper.read).toEqual([])
  })

  it('is found by its exact pattern, and among all, in the order of calling', () => {
    const paper = new Newspaper()
    const ada = reader('Ada', 'sport.*')
    const bob = { ...reader('Bob', 'sport.*', 'weather'), priority: 1 }
    paper.add(ada)
    paper.add(bob)
    expect(paper.at('sport:*')).toHaveLength(2)
    expect(paper.at('weather')).toEqual([bob])
    expect(paper.all()).toEqual([bob, ada])
  })
})

describe('notes', () => {
  it('are made afresh after forget', () => {
    let version = 1
    class Versions extends TopicSubject<News, Reader, number> {
      readonly notes: number[] = []
      constructor() {
        super(() => version)
      }
      protected override deliver(_: News, { note }: Match<Reader, number>): void {
        this.notes.push(note)
      }
    }
    const versions = new Versions()
    versions.next({ type: 'a', text: '' })
    version = 2
    versions.next({ type: 'a', text: '' })
    versions.forget()
    versions.next({ type: 'a', text: '' })
    expect(versions.notes).toEqual([1, 1, 2])
  })
})
