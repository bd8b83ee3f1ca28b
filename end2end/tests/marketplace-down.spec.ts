import type { APIRequestContext, Locator, Page } from "@playwright/test";
import { expect, expectAccessible, signIn, test } from "../fixtures.js";
import { aPoNumber, follow, placeOrder } from "../orders.js";
import { bringUp, takeDown } from "../simulator.js";
import { aChangeableSubscription } from "../subscriptions.js";

test.afterEach(({ page, request }) => bringBack(page, request));

/** What every page says while the marketplace is away. */
function banner(page: Page): Locator {
  return page.getByRole("status").filter({ hasText: "The marketplace has not answered since" });
}

/** Ends the outage, and waits until Seatboard has found out by itself: it tries at least once a minute. */
async function bringBack(page: Page, request: APIRequestContext): Promise<void> {
  await bringUp({ request });
  await expect(async () => {
    await page.goto("/");
    await expect(banner(page)).toHaveCount(0, { timeout: 1_000 });
  }, "the banner goes away").toPass({ timeout: 120_000 });
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("everything can still be read, and says how old it is", async ({ page, request }) => {
      await signIn(page, "technician");
      const subscription = await aChangeableSubscription(page);
      await takeDown(request);
      const facts = [`/customers/${subscription.customerId}`, `/subscriptions/${subscription.id}`, "/catalogue/products"];
      for (const path of ["/", "/customers", "/subscriptions", "/orders", "/catalogue/plans", "/reports", ...facts]) {
        const response = await page.goto(path);
        expect(response?.status(), path).toBe(200);
        await expect(page.getByText(/^As of /).first(), path).toBeVisible();
      }
    });

    test("a change of seats is refused with the reason and keeps what was typed", async ({ page, request }) => {
      await signIn(page, "technician");
      const subscription = await aChangeableSubscription(page);
      const po = aPoNumber();
      await page.goto(`/subscriptions/${subscription.id}/seats`);
      await takeDown(request);
      await page.getByLabel("PO number").fill(po);
      await page.getByLabel("Seats", { exact: true }).fill(`${subscription.seats + 2}`);
      await page.getByRole("button", { name: "Review" }).click();
      await expect(page.getByRole("alert")).toContainText("The marketplace");
      await expect(page.getByLabel("Seats", { exact: true })).toHaveValue(`${subscription.seats + 2}`);
      await expect(page.getByLabel("PO number")).toHaveValue(po);

      await bringUp({ request });
      const place = page.getByRole("button", { name: /^Place order/ });
      const again = page.getByRole("button", { name: "Review" });
      await expect(async () => {
        await expect(place.or(again)).toBeVisible();
        if (await again.isVisible()) await again.click();
        await expect(place).toBeVisible({ timeout: 1_000 });
      }, "once the marketplace is back, the same form goes through").toPass({ timeout: 120_000 });
    });

    test("an order that cannot be sent is not placed, and is still there to be placed", async ({ page, request }) => {
      await signIn(page, "technician");
      const subscription = await aChangeableSubscription(page);
      const po = aPoNumber();
      await page.goto(`/subscriptions/${subscription.id}/seats?line=1&seats=${subscription.seats + 2}&po_number=${po}&step=review`);
      const place = page.getByRole("button", { name: `Place order: ${subscription.seats + 2} seats` });
      await expect(place).toBeVisible();
      await takeDown(request);
      await place.click();
      await expect(page.getByRole("alert")).toContainText("The marketplace");
      await expect(page).toHaveURL(new RegExp(`/subscriptions/${subscription.id}/seats`));
      await expect(page.getByLabel("Seats", { exact: true })).toHaveValue(`${subscription.seats + 2}`);
      await expect(page.getByLabel("PO number")).toHaveValue(po);
      await page.goto(`/subscriptions/${subscription.id}`);
      await expect(page.getByRole("region", { name: "Orders" })).not.toContainText(po);
    });

    test("a banner says since when; a draft is kept, priced anew when the marketplace is back, and placed", async ({ page, request }) => {
      await signIn(page, "technician");
      const subscription = await aChangeableSubscription(page);
      const [seats, po] = [subscription.seats + 2, aPoNumber()];
      const form = `/subscriptions/${subscription.id}/seats?line=1&seats=${seats}&po_number=${po}&step=review`;
      await takeDown(request);
      await expect(async () => {
        await page.goto(form);
        await expect(banner(page)).toBeVisible({ timeout: 1_000 });
      }, "Seatboard finds out by itself").toPass();
      await expect(banner(page)).toContainText(/since \d+ \w+ \d{4}, \d\d:\d\d UTC/);
      await expect(banner(page)).toContainText("Everything can still be read");
      await expect(banner(page)).toContainText(/It is (tried again at|being tried now)/);
      await expect(page.getByRole("alert")).toContainText("Nothing was ordered");
      if (javaScriptEnabled) await expectGoodLooks(page);
      await page.getByRole("button", { name: "Keep as draft" }).click();
      await expect(page).toHaveURL(/\/drafts$/);
      await expect(page.getByRole("status").filter({ hasText: /^Kept as draft/ })).toBeVisible();
      const draft = page
        .getByRole("listitem")
        .filter({ has: page.locator(`a[href="/subscriptions/${subscription.id}"]`) });
      await expect(draft).toHaveCount(1);
      if (javaScriptEnabled) await expectGoodLooks(page);

      await bringBack(page, request);
      await page.getByRole("link", { name: /^\d+ drafts?$/ }).click();
      await draft.getByRole("link", { name: `Continue Change seats to ${seats}` }).click();
      await expect(page.getByRole("main")).toContainText(po);
      await expect(page.getByText(/^Priced by the marketplace on /), "it is priced anew").toBeVisible();
      await placeOrder(page, `${seats} seats`);
      await follow(page, "completed", javaScriptEnabled);
      await page.goto("/drafts");
      await expect(draft, "what was placed is no draft any more").toHaveCount(0);
    });
  });
}

/** Accessible in light and dark, and no wider than the smallest window. */
async function expectGoodLooks(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expectAccessible(page);
  }
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth] as const);
  expect(content, "the page is no wider than the window").toBeLessThanOrEqual(window);
  if (before) await page.setViewportSize(before);
}
