// @vitest-environment happy-dom
import { render } from '@testing-library/react'
import { version } from 'react'
import { version as ofPage } from 'react-dom'
import { version as ofServer } from 'react-dom/server'
import { expect, test } from 'vitest'

test('these tests run on the React they are run for, from the first module to the last', () => {
  const major = process.env['REACT_MAJOR']
  expect([version, ofPage, ofServer].map((one) => one.split('.')[0])).toEqual([major, major, major])
  // No React renders the elements of another.
  expect(render(<p>{version}</p>).container.textContent).toBe(version)
})
