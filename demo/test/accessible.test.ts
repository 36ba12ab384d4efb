import { expect } from '@playwright/test'
import { axe } from './axe.ts'
import { MAIL_FAILS, test } from './tab.ts'

test.use({ allowed: MAIL_FAILS })

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1440]) {
    test(`axe finds nothing, ${colorScheme}, ${width} wide, quiet, in a storm, and while mails fail`, async ({
      open,
    }) => {
      const tab = await open()
      const { page } = tab
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 900 })
      const violations = await axe(page)
      expect(await violations()).toEqual([])
      await page.getByRole('button', { name: 'Burst of' }).click()
      await page.getByRole('button', { name: 'Storm now' }).click()
      await expect(page.getByTestId('sun')).toHaveClass(/flaring/)
      await expect(page.getByTestId('doings').getByRole('listitem')).toHaveCount(6)
      expect(await violations()).toEqual([])
      await tab.mailSwitch.check()
      await tab.forgetPasswords(3)
      await expect(page.getByRole('alert')).toContainText('3 dead letters')
      expect(await violations()).toEqual([])
    })
  }
}
