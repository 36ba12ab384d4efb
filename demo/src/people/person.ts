/** Somebody with an account here. */
export interface Person {
  readonly id: string
  name: string
  readonly email: string
  readonly birth: { date: string; time: string; place: string }
  readonly preferences: { language: string; theme: string; digest: string }
  tier: 'free' | 'plus' | 'pro'
  hasLoggedIn: boolean
  /** Dates in the calendar with a task that is not done yet. */
  readonly dates: string[]
}
