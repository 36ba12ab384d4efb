import type { ObservatoryDraft } from '../catalog/catalog.ts'
import { BirthDataUpdated, PreferencesChanged } from '../catalog/user.ts'
import type { Random } from '../random.ts'
import { PLACES } from './names.ts'
import type { Person } from './person.ts'

const BIRTH_FIELDS = ['date', 'time', 'place'] as const
const PREFERENCES = ['language', 'theme', 'digest'] as const
const two = (value: number): string => String(value).padStart(2, '0')

const birthChoices = {
  date: (random: Random) =>
    `19${random.whole(50, 99)}-${two(random.whole(1, 12))}-${two(random.whole(1, 28))}`,
  time: (random: Random) => `${two(random.whole(0, 23))}:${two(random.whole(0, 59))}`,
  place: (random: Random) => random.pick(PLACES),
}

const preferenceChoices = {
  language: (random: Random) => random.pick(['en', 'de', 'es', 'hi']),
  theme: (random: Random) => random.pick(['night', 'day']),
  digest: (random: Random) => random.pick(['daily', 'weekly', 'never']),
}

/** The event names what was changed, never the data itself: it is nobody's business. */
export function changeBirthData(random: Random, { id, birth }: Person): ObservatoryDraft {
  const field = random.pick(BIRTH_FIELDS)
  birth[field] = birthChoices[field](random)
  return BirthDataUpdated({ changed: [field] }, { userId: id })
}

export function changePreferences(random: Random, { id, preferences }: Person): ObservatoryDraft {
  const field = random.pick(PREFERENCES)
  preferences[field] = preferenceChoices[field](random)
  return PreferencesChanged({ changed: [field] }, { userId: id })
}
