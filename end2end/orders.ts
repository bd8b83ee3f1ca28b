import { expect, type Locator, type Page } from "@playwright/test";

/** Orders and reports of a busy stand-in marketplace on a busy machine end in this time; nothing waits for it to pass. */
const PATIENCE = 120_000;

/** The timeline of an order that went well. */
export const ORDER_STEPS = ["Placed", "Sent to the marketplace", "Submitted", "Processing", "Completed"];

/** A PO number that no other order has. */
export function aPoNumber(prefix = "PO"): string {
  return `${prefix} ${crypto.randomUUID().slice(0, 8)}`;
}

/**
 * Waits for the button that orders, whose name begins with `what`: the price is there. Other tests make the marketplace
 * fail at the same time: where it did not tell the price, it is asked again, as a person would.
 */
export async function priced(page: Page, what: string): Promise<Locator> {
  const place = page.getByRole("button", { name: `Place order: ${what}` });
  const refused = page.getByRole("alert").filter({ has: page.getByRole("link", { name: "Try again" }) });
  await expect(async () => {
    if ((await refused.count()) > 0) {
      console.log(`asked again: ${await refused.innerText()}`);
      await refused.getByRole("link", { name: "Try again" }).click();
    }
    await expect(place).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: PATIENCE });
  return place;
}

/** Presses the button that orders, whose name begins with `what`, once the price is there, and waits for the order's page. */
export async function placeOrder(page: Page, what: string): Promise<void> {
  const press = async () => (await priced(page, what)).click();
  await press();
  await placed(page, press);
}

/**
 * Waits for the page of the order whose button was pressed. The stand-in's days go by in minutes: where one ended after the price
 * was shown, what is left of the month costs another amount, which is looked at before the button is pressed `again`. Once.
 */
export async function placed(page: Page, again: () => Promise<void>): Promise<void> {
  const order = /\/orders\/[^/?]+$/;
  const changed = page.getByRole("alert").filter({ hasText: "The price changed from" });
  await expect.poll(async () => order.test(page.url()) || (await changed.isVisible()), "it is placed, or costs something else").toBe(true);
  if (!order.test(page.url())) {
    console.log(`placed again: ${await changed.innerText()}`);
    await again();
  }
  await expect(page).toHaveURL(order);
}

/** Follows the order or report of this page until its status is the expected one; without JavaScript by loading it anew. */
export async function follow(page: Page, status: string, scripted: boolean): Promise<void> {
  const badge = page.getByRole("main").locator("header").getByText(status, { exact: true });
  if (scripted) {
    await expect(badge).toBeVisible({ timeout: PATIENCE });
  } else {
    await expect(async () => {
      await page.reload();
      await expect(badge).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: PATIENCE });
  }
}

/** Checks that the timeline has these steps, the first one first, and that each of them is done. */
export async function expectDone(page: Page, steps: string[]): Promise<void> {
  const shown = page.getByRole("region", { name: "Progress" }).getByRole("listitem");
  await expect(shown).toHaveCount(steps.length);
  await expect(shown).toContainText(steps.map((step) => `${step}, done`));
}
