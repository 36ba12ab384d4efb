import { expect, type Page, test } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { openPage, openPanel, panelOf, rowsOf } from './devtools.ts'

async function command(page: Page, title: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox', { name: 'Command or topic' }).fill(title)
  await page.keyboard.press('Enter')
}

/** Drops a file onto the panel. */
async function drop(page: Page, name: string, content: Buffer): Promise<void> {
  const files = await page.evaluateHandle(
    ({ fileName, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      const transfer = new DataTransfer()
      transfer.items.add(new File([bytes], fileName))
      return transfer
    },
    { fileName: name, base64: content.toString('base64') },
  )
  await expect(panelOf(page).getByLabel('A recording')).toBeAttached() // this part comes on its own
  await panelOf(page).dispatchEvent('drop', { dataTransfer: files })
}

async function save(page: Page): Promise<{ readonly name: string; readonly content: Buffer }> {
  const download = page.waitForEvent('download')
  await command(page, 'Save as a file')
  const file = await download
  return { name: file.suggestedFilename(), content: await readFile(await file.path()) }
}

test('what is saved is there again when it is opened, and stands still', async ({ page }) => {
  await openPage(page, 'events=120')
  await openPanel(page)
  await expect(rowsOf(page).first()).toBeVisible()
  const { name, content } = await save(page)
  await expect(panelOf(page).getByText('Saved 120 events')).toBeVisible()
  expect(name).toMatch(/^shop-[\dT-]+\.busrec$/)
  const [header = ''] = gunzipSync(content).toString().split('\n')
  expect(JSON.parse(header)).toMatchObject({
    busrec: 1,
    events: 120,
    redaction: expect.stringContaining('masked'),
  })

  await drop(page, name, content)
  await expect(panelOf(page).getByText('Opened the recording of shop, 120 events')).toBeVisible()
  await expect(panelOf(page).getByRole('button', { name: 'Resume the list' })).toBeVisible()
  await expect(panelOf(page).getByRole('button', { name: 'Stop recording' })).toHaveCount(0)
  await expect(rowsOf(page).first()).toBeVisible()
})

test('a file can be chosen, too', async ({ page }) => {
  await openPage(page, 'events=30')
  await openPanel(page)
  await expect(rowsOf(page).first()).toBeVisible()
  const { name, content } = await save(page)
  const chooser = page.waitForEvent('filechooser')
  await command(page, 'Open a file')
  await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer: content })
  await expect(panelOf(page).getByText('Opened the recording of shop, 30 events')).toBeVisible()
})

test('a broken file is told of, and nothing else changes', async ({ page }) => {
  const errors: Error[] = []
  page.on('pageerror', (error) => errors.push(error))
  await openPage(page)
  await openPanel(page)
  await drop(page, 'holiday.jpg', Buffer.from([0x1f, 0x8b, 1, 2, 3]))
  await expect(panelOf(page).getByText('holiday.jpg could not be opened')).toBeVisible()
  await expect(panelOf(page).getByRole('button', { name: 'Stop recording' })).toBeVisible()
  expect(errors).toEqual([])
})
