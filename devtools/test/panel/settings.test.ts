import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { defaultSettings, SettingsStore } from '../../src/panel/state/settings.ts'

function createStorage(kept?: string): Pick<Storage, 'getItem' | 'setItem'> {
  let value = kept ?? null
  return { getItem: () => value, setItem: (_, text) => void (value = text) }
}

describe('settings', () => {
  test('are there again with the next visit', () => {
    const storage = createStorage()
    new SettingsStore(storage).set({ theme: 'light', height: 500 })
    expect(new SettingsStore(storage).get()).toEqual({ ...defaultSettings, theme: 'light', height: 500 })
  })

  test('what the page asks for gives way to what the developer chose', () => {
    const storage = createStorage()
    expect(new SettingsStore(storage, { dock: 'right' }).get().dock).toBe('right')
    new SettingsStore(storage).set({ dock: 'bottom' })
    expect(new SettingsStore(storage, { dock: 'right' }).get().dock).toBe('bottom')
  })

  test('last as long as the panel where storage is forbidden or full', () => {
    const refuse = (): never => {
      throw new DOMException('no', 'SecurityError')
    }
    const settings = new SettingsStore({ getItem: refuse, setItem: refuse })
    const heard = vi.fn()
    settings.listen(heard)
    settings.set({ rows: 'roomy' })
    expect(settings.get().rows).toBe('roomy')
    expect(heard).toHaveBeenCalledTimes(1)
  })

  test('whatever stands in the storage, each setting is one that the panel knows', () => {
    const setting = fc.oneof(fc.anything(), fc.constantFrom('dark', 'left', -1, 1e9, 300, Number.NaN))
    const stored = fc.oneof(
      fc.string(),
      fc
        .dictionary(fc.constantFrom(...Object.keys(defaultSettings), '__proto__', 'other'), setting)
        .map((value) => JSON.stringify(value)),
    )
    fc.assert(
      fc.property(stored, (text) => {
        const settings = new SettingsStore(createStorage(text)).get()
        expect(Object.keys(settings).toSorted()).toEqual(Object.keys(defaultSettings).toSorted())
        expect(['system', 'dark', 'light']).toContain(settings.theme)
        expect(['bottom', 'right']).toContain(settings.dock)
        expect(settings.height).toBeGreaterThan(0)
        expect(settings.height).toBeLessThan(10_000)
        expect(typeof settings.topicsOpen).toBe('boolean')
      }),
    )
  })
})
