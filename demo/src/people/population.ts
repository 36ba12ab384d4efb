import type { ObservatoryDraft } from '../catalog/catalog.ts'
import { UserRegistered } from '../catalog/user.ts'
import { draw } from '../chance.ts'
import type { Random } from '../random.ts'
import { type Doing, doings, leave, logIn } from './doings.ts'
import { PLACES, personName } from './names.ts'
import type { Person } from './person.ts'

/** The people of the observatory, who come, do things, and go. */
export interface Population {
  /** Those who have an account now, the oldest first. */
  readonly people: ReadonlyMap<string, Person>
  /** What somebody does next. */
  readonly act: () => ObservatoryDraft
}

const FEW = 12 // with fewer, many sign up
const MOST = 48 // with so many, nobody does

export function createPopulation(seed: number, random: Random): Population {
  const people = new Map<string, Person>()
  let signedUp = 0

  const signUp = (): ObservatoryDraft => {
    const person = newcomer(`u${seed}-${++signedUp}`, random)
    people.set(person.id, person)
    const { id, email } = person
    return UserRegistered({ user_id: id, email }, { userId: id })
  }

  const act = (): ObservatoryDraft => {
    const isOpen = people.size < MOST
    const chance = people.size < FEW ? 0.3 : 0.06
    if (people.size === 0 || (random.next() < chance && isOpen)) return signUp()
    const person = someone(people, random)
    const doing = nextDoing(person, random)
    if (doing === leave) people.delete(person.id)
    return doing.happen(random, person)
  }

  return { people, act }
}

function nextDoing(person: Person, random: Random): Doing {
  if (!person.hasLoggedIn) return logIn
  return (
    draw(
      doings.filter(({ canBe }) => canBe?.(person) ?? true),
      random,
    ) ?? logIn
  )
}

function someone(people: ReadonlyMap<string, Person>, random: Random): Person {
  const all = [...people.values()]
  const [first] = all
  const found = all[random.whole(0, all.length - 1)] ?? first
  if (found === undefined) throw new Error('nobody is there')
  return found
}

function newcomer(id: string, random: Random): Person {
  const name = personName(random)
  const email = `${name.toLowerCase().replace(' ', '.')}.${id.replace(/^u\d+-/, '')}@example.org`
  return {
    id,
    name,
    email,
    birth: { date: '1990-01-01', time: '12:00', place: random.pick(PLACES) },
    preferences: { language: 'en', theme: 'night', digest: 'weekly' },
    tier: 'free',
    hasLoggedIn: false,
    dates: [],
  }
}
