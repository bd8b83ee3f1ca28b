import { expect, type Locator, type Page } from "@playwright/test";

/** Presses Tab until the element has the focus, which has to be seen on each element on the way. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    // The calendar button in a date field has the focus for itself; the field shows it.
    const focused = page.locator(":focus-visible, [type=date]:focus-within");
    await expect(focused).toHaveCount(1);
    const { outlineStyle, boxShadow } = await focused.evaluate((element) => getComputedStyle(element));
    expect(outlineStyle !== "none" || boxShadow !== "none", "the focus can be seen").toBe(true);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error("the keyboard does not reach it");
}

/** Tabs to the link or button and presses Enter. */
export async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

/** Tabs to the field and types in place of what it holds. */
export async function typeInto(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
}
