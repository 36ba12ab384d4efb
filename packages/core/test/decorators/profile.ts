import type { BusEvent, EventOf, handles as Handles, HandlerContext } from '../../src/index.ts'
import type { UserCreated as Created } from '../shop.ts'

/** Classes with handlers, for `handles.node.test.ts`. What they need comes as arguments, so that each can be compiled alone. */
export function makeProfiles(handles: typeof Handles, UserCreated: typeof Created) {
  class Base {
    readonly calls: string[] = []

    @handles('user.deleted')
    forget(): void {
      this.calls.push('forget')
    }

    @handles('user.deleted')
    overridden(): void {
      this.calls.push('overridden in the base')
    }

    @handles('user.deleted')
    unmarked(): void {
      this.calls.push('unmarked in the base')
    }
  }

  class Profile extends Base {
    readonly #greeting = 'welcome'

    @handles(UserCreated, { priority: 1, name: 'greeter' })
    welcome({ data }: EventOf<typeof Created>, { attempt }: HandlerContext): void {
      this.calls.push(`${this.#greeting} ${data.name} ${attempt}`)
    }

    @handles(['user.login', 'user.deleted'])
    @handles('order.**')
    async count(event: BusEvent): Promise<void> {
      await Promise.resolve()
      this.calls.push(`count ${event.type}`)
    }

    @handles('user.deleted')
    override overridden(): void {
      this.calls.push('overridden')
    }

    override unmarked(): void {
      this.calls.push('unmarked')
    }

    plain(): void {
      this.calls.push('plain')
    }
  }

  class Faulty {
    @handles('user.deleted')
    fine(): void {}

    @handles('not a pattern')
    wrong(): void {}
  }

  class Mistyped {
    // @ts-expect-error -- the data of the event hold a name, which is text
    @handles(UserCreated)
    wrong(_event: BusEvent<'user.created', { readonly name: number }>): void {}
  }

  return { Base, Profile, Faulty, Mistyped }
}
