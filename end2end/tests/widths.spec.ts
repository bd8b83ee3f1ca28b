import type { Page } from "@playwright/test";
import { expect, signIn, test } from "../fixtures.js";

/** The path of the first customer in the list. */
async function aCustomer(page: Page): Promise<string> {
  const first = page.getByRole("main").locator("tbody").getByRole("link").first();
  await expect(async () => {
    await page.goto("/customers?status=active");
    await expect(first, "the copy is there").toBeVisible({ timeout: 1_000 });
  }).toPass();
  return (await first.getAttribute("href")) ?? "";
}

/** Tables may scroll inside their own region; the page may not. */
async function expectNoSidewaysScroll(page: Page, what: string): Promise<void> {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth] as const);
  expect(content, `${what} is no wider than the window`).toBeLessThanOrEqual(window);
}

test("a name without spaces makes no page wider than the window", { tag: "@javascript" }, async ({ page }) => {
  await signIn(page, "admin");
  const customer = await aCustomer(page);
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    for (const [path, places] of [
      [customer, "h1"],
      [`${customer}/edit`, "h1, nav[aria-label=Breadcrumb] li:last-child a"],
      ["/customers?status=active", "tbody tr:first-child a"],
    ] as const) {
      await page.goto(path);
      const named = page.getByRole("main").locator(places);
      await expect(named.first()).toBeVisible();
      for (const place of await named.all()) await place.evaluate((element) => (element.textContent = "A".repeat(255)));
      await expectNoSidewaysScroll(page, `${path} at ${width} px`);
    }
  }
});

test("text twice as large makes no page of a phone wider than its window", { tag: "@javascript" }, async ({ page }) => {
  await signIn(page, "admin");
  const customer = await aCustomer(page);
  await page.setViewportSize({ width: 390, height: 800 });
  for (const path of [customer, "/customers", "/search?q=an", "/customers/matching", "/settings/roles", "/activity", "/approvals"]) {
    await page.goto(path);
    await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
    await expectNoSidewaysScroll(page, path);
  }
});
