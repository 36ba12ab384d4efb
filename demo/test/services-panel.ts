import { expect as quick, type Locator, type Page } from '@playwright/test'
import type { LedgerFacts } from '../src/station/service-facts.ts'

/** Nine processes share what the machine has. */
export const expect = quick.configure({ timeout: 60_000 })

type Column = Exclude<keyof LedgerFacts, 'duplicates' | 'discarded'> | 'twice'

/** The services over Redis, as a visitor sees them. */
export class ServicesPanel {
  readonly panel: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.panel = page.locator('section.services')
  }

  card(service: string): Locator {
    return this.#page.getByTestId(`service-${service}`)
  }

  /** The worker in a place, 0 or 1. */
  worker(service: string, place: number): Locator {
    return this.card(service).getByTestId('worker').nth(place)
  }

  async pid(service: string, place: number): Promise<string> {
    return this.worker(service, place).getByTestId('pid').innerText()
  }

  /** Of all workers. */
  async pids(): Promise<number[]> {
    return (await this.panel.getByTestId('pid').allInnerTexts()).map(Number)
  }

  async act(act: 'Kill' | 'Pause', service: string, place: number): Promise<void> {
    await this.worker(service, place)
      .getByRole('button', { name: `${act} worker` })
      .click()
  }

  async number(service: string, column: Column): Promise<number> {
    const text = await this.card(service).getByTestId(column).innerText()
    return Number(text.replaceAll(',', ''))
  }

  /** Waits until both workers of a service have their share of the shards. */
  async shared(service: string): Promise<void> {
    for (const place of [0, 1]) {
      const worker = this.worker(service, place)
      await expect(worker.getByTestId('worker-state')).toHaveText('running')
      await expect(worker).toHaveAttribute('data-owned', /^(\d,){3}\d$/)
    }
  }

  /** Of the ledgers of all services. */
  async verdicts(): Promise<string[]> {
    return this.panel.getByTestId('verdict').allInnerTexts()
  }

  /** From now on keeps what is seen of a worker: `running 0,1,2,3`. The function that comes back tells what was seen. */
  async watch(service: string, place: number): Promise<() => Promise<string[]>> {
    const watched = await this.worker(service, place).evaluateHandle((row) => {
      const seen: string[] = []
      const look = (): void => {
        const state = row.querySelector('[data-testid=worker-state]')?.textContent
        seen.push(`${state} ${row.getAttribute('data-owned')}`)
      }
      look()
      new MutationObserver(look).observe(row, {
        attributes: true,
        characterData: true,
        childList: true,
        subtree: true,
      })
      return seen
    })
    return () => watched.evaluate((seen) => [...new Set(seen)])
  }
}
