// @vitest-environment happy-dom
import { act, fireEvent } from '@testing-library/react'
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { pressKey } from '../../src/panel/keyboard.ts'
import type { Panel } from '../../src/panel/state/panel.ts'
import { PanelContext, usePanel } from '../../src/panel/use-panel.ts'
import { type Mounted, mountPanel } from './mount.tsx'

/** Something of everything that a key can be pressed on. */
function Keyboard(): ReactNode {
  const panel = usePanel()
  return (
    <div role="presentation" onKeyDown={(event) => pressKey(panel, event)}>
      <Things />
    </div>
  )
}

function Things(): ReactNode {
  return (
    <>
      <div id="place" tabIndex={-1} />
      <button type="button" id="button" aria-label="button">
        <i id="icon" />
      </button>
      <input id="text" aria-label="text" />
      <input id="tick" type="checkbox" aria-label="tick" />
      <textarea id="area" aria-label="area" />
      <select id="select" aria-label="select" />
      <div contentEditable suppressContentEditableWarning>
        <b id="editable" />
      </div>
      <div role="tab" id="tab" aria-label="tab" />
      <details>
        <summary id="summary">more</summary>
      </details>
      <div id="taken" role="presentation" onKeyDown={(event) => event.preventDefault()} />
    </>
  )
}

const at = (id: string): Element => document.querySelector(`#${id}`)!
const press = (id: string, key: string, more: object = {}): boolean =>
  fireEvent.keyDown(at(id), { key, ...more })
const mount = (): Mounted => mountPanel(<Keyboard />)

describe('a key', () => {
  test('runs its command, and the page does not scroll for it', () => {
    const { panel } = mount()
    expect(press('place', ' ')).toBe(false)
    expect(panel.session.view.paused).toBe(true)
    press('place', '4')
    expect(panel.view).toBe('topics')
    expect(press('place', 'x')).toBe(true)
  })

  test.each(['text', 'area', 'select', 'editable', 'taken'])(
    'that is typed into or taken by #%s does not',
    (id) => {
      const { panel } = mount()
      press(id, '4')
      press(id, ' ')
      expect([panel.view, panel.session.view.paused]).toEqual(['stream', false])
    },
  )

  test('works on a tick box, where nothing is typed', () => {
    const { panel } = mount()
    press('tick', '4')
    expect(panel.view).toBe('topics')
  })

  test.each(['button', 'icon', 'tab', 'summary', 'tick'])('Space on #%s presses that', (id) => {
    const { panel } = mount()
    expect(press(id, ' ')).toBe(true)
    expect(panel.session.view.paused).toBe(false)
  })

  test('with a modifier, or composed, or held down, is another key', () => {
    const { panel } = mount()
    for (const more of [
      { altKey: true },
      { ctrlKey: true },
      { metaKey: true },
      { shiftKey: true },
      { repeat: true },
      { isComposing: true },
    ])
      press('place', 'f', more)
    expect(panel.follows).toBe(true)
    press('place', 'F') // caps lock
    expect(panel.follows).toBe(false)
    press('place', '?', { shiftKey: true })
    expect(panel.overlay).toBe('help')
  })

  test('Ctrl K opens all commands, also from a field; ⌘K does on Apple', () => {
    const { panel } = mount()
    press('text', 'k', { metaKey: true })
    expect(panel.overlay).toBeUndefined()
    press('text', 'k', { ctrlKey: true })
    expect(panel.overlay).toBe('palette')
    panel.open(undefined)
    vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue('Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0)')
    press('place', 'k', { ctrlKey: true })
    expect(panel.overlay).toBeUndefined()
    press('place', 'k', { metaKey: true })
    expect(panel.overlay).toBe('palette')
  })
})

describe('Escape', () => {
  test('closes what lies on top, then lets go of the event, then is left to the page', () => {
    const { panel, bus } = mount()
    bus.publish('order.paid', {})
    panel.session.view.select(0)
    panel.open('help')
    expect(press('place', 'Escape')).toBe(false)
    expect([panel.overlay, panel.session.view.selected]).toEqual([undefined, 0])
    expect(press('place', 'Escape')).toBe(false)
    expect(panel.session.view.selected).toBeUndefined()
    expect(press('place', 'Escape')).toBe(true)
  })

  test('in a field is the field’s', () => {
    const { panel, bus } = mount()
    bus.publish('order.paid', {})
    panel.session.view.select(0)
    expect(press('text', 'Escape')).toBe(true)
    expect(panel.session.view.selected).toBe(0)
  })
})

test('under an overlay no key reaches the list', () => {
  const { panel } = mount()
  panel.open('help')
  press('place', ' ')
  expect(panel.session.view.paused).toBe(false)
})

describe('wherever the panel stands', () => {
  test('in a shadow root', () => {
    const { panel } = mount()
    const shadow = inShadow(panel)
    const text = shadow.querySelector('#text')!
    fireEvent.keyDown(text, { key: '4', composed: true })
    expect(panel.view).toBe('stream')
    fireEvent.keyDown(shadow.querySelector('#place')!, { key: '4', composed: true })
    expect(panel.view).toBe('topics')
  })

  test('around a shadow root, whose host is all that is told', () => {
    const { panel } = mount()
    const shadow = document.querySelector('#place')!.attachShadow({ mode: 'open' })
    const text = shadow.appendChild(document.createElement('input'))
    fireEvent.keyDown(text, { key: '4', composed: true })
    expect(panel.view).toBe('stream')
  })

  test('in another window, where elements are of other classes', () => {
    const { panel } = mount()
    vi.stubGlobal('Element', Map)
    vi.stubGlobal('HTMLElement', Map)
    onTestFinished(() => void vi.unstubAllGlobals())
    press('text', '4')
    press('button', ' ')
    expect([panel.view, panel.session.view.paused]).toEqual(['stream', false])
    press('place', '4')
    expect(panel.view).toBe('topics')
  })
})

function inShadow(panel: Panel): ShadowRoot {
  const host = document.body.appendChild(document.createElement('div'))
  const shadow = host.attachShadow({ mode: 'open' })
  const root = createRoot(shadow)
  act(() =>
    root.render(
      <PanelContext.Provider value={panel}>
        <Keyboard />
      </PanelContext.Provider>,
    ),
  )
  onTestFinished(() => {
    act(() => root.unmount())
    host.remove()
  })
  return shadow
}
