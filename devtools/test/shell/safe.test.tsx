// @vitest-environment happy-dom
import { createBus } from '@heliobus/core'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { createRef } from 'react'
import { afterEach, expect, it, onTestFinished, vi } from 'vitest'
import { Panel } from '../../src/panel/state/panel.ts'
import { Session } from '../../src/panel/state/session.ts'
import { PanelContext } from '../../src/panel/use-panel.ts'
import { drawSafely, Safe } from '../../src/shell/safe.tsx'
import { patience } from '../../../packages/testing/test/patience.ts'

afterEach(cleanup)

function setUp(isBroken: () => boolean) {
  const failure = vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => failure.mockRestore())
  const panel = new Panel({
    sessions: [Session.ofBus(createBus({ logger: { log: () => {} } }), () => 0)],
    frames: { requestAnimationFrame: () => 0, cancelAnimationFrame: () => {} },
    elapsed: () => 0,
  })
  onTestFinished(() => panel.close())
  const safe = createRef<Safe>()
  const restart = vi.fn<() => void>()
  function View() {
    if (isBroken()) throw new Error('no such row')
    return <p>the panel</p>
  }
  const view = () => (
    <PanelContext.Provider value={panel}>
      <Safe ref={safe} restart={restart}>
        <View />
      </Safe>
    </PanelContext.Provider>
  )
  return { panel, safe, restart, view }
}

it('a view that fails is replaced by what happened, and can begin anew', () => {
  let isBroken = true
  const { restart, view } = setUp(() => isBroken)
  render(view())
  expect(screen.getByRole('alert').textContent).toContain('Your app is untouched')
  expect(screen.getByRole('alert').textContent).toContain('no such row')
  isBroken = false
  fireEvent.click(screen.getByRole('button', { name: 'Restart the panel' }))
  expect(screen.getByText('the panel')).toBeDefined()
  expect(restart).toHaveBeenCalledOnce()
})

it('a drawing that fails outside of React stays in the panel, too', () => {
  const { panel, safe, view } = setUp(() => false)
  render(view())
  const fail = (): void => {
    throw new Error('no canvas')
  }
  act(() => drawSafely(fail, panel.pulse, safe.current))
  expect(screen.getByRole('alert').textContent).toContain('no canvas')
})

it('the report can be copied', async () => {
  const { view } = setUp(() => true)
  const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  onTestFinished(() => written.mockRestore())
  render(view())
  fireEvent.click(screen.getByRole('button', { name: 'Copy the report' }))
  expect(await screen.findByText('Copied', {}, patience)).toBeDefined()
  expect(written.mock.calls[0]?.[0]).toContain('no such row')
})
