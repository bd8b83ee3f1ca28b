import { expect, type Page } from "@playwright/test";

/** Orders and reports of a busy stand-in marketplace on a busy machine end in this time; nothing waits for it to pass. */
const PATIENCE = 120_000;

/** A PO number that no other order has. */
export function aPoNumber(prefix = "PO"): string {
  return `${prefix} ${crypto.randomUUID().slice(0, 8)}`;
}

/** Presses the button that orders, whose name begins with `what`, and waits for the order's page. */
export async function placeOrder(page: Page, what: string): Promise<void> {
  await page.getByRole("button", { name: `Place order: ${what}` }).click();
  await expect(page).toHaveURL(/\/orders\/[^/?]+$/);
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

/** Checks which steps of the timeline are done, the first one first. */
export async function expectTimeline(page: Page, steps: (string | RegExp)[]): Promise<void> {
  await expect(page.getByRole("region", { name: "Progress" }).getByRole("listitem")).toContainText(steps);
}
