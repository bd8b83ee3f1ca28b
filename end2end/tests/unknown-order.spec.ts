import { expect, signIn, test } from "../fixtures.js";
import { aPoNumber, follow, placeOrder } from "../orders.js";
import { aChangeableSubscription, expectSeats, type Subscription } from "../subscriptions.js";
import type { Page } from "@playwright/test";

/** An order may only be said to be missing two minutes after it was sent. */
const TWO_MINUTES_AND_A_LOOK = 200_000;

async function lose(page: Page, subscription: Subscription, fault: string): Promise<string> {
  const po = aPoNumber(`fault:${fault}`);
  const query = new URLSearchParams({ line: "1", seats: `${subscription.seats + 1}`, po_number: po, step: "review" });
  await page.goto(`/subscriptions/${subscription.id}/seats?${query}`);
  await placeOrder(page, `${subscription.seats + 1} seats`);
  return po;
}

for (const fault of ["html-504-after", "reset-after"]) {
  test(`${fault}: an order whose answer got lost is found by itself, once`, async ({ page, javaScriptEnabled }) => {
    await signIn(page, "technician");
    const subscription = await aChangeableSubscription(page);
    const po = await lose(page, subscription, fault);
    await follow(page, "completed", javaScriptEnabled !== false);
    await page.reload();
    await expect(page.getByRole("heading", { name: "Nobody knows yet" })).toHaveCount(0);
    await expectSeats(page, subscription, subscription.seats + 1);
    await expect(page.getByRole("region", { name: "Orders" }).getByText(po), "one order, not two").toHaveCount(1);
  });
}

test("an order that never arrived is settled by a person with the evidence, and placed again", async ({ page }) => {
  test.setTimeout(test.info().timeout + TWO_MINUTES_AND_A_LOOK);
  await signIn(page, "technician");
  const subscription = await aChangeableSubscription(page);
  const po = await lose(page, subscription, "html-504-before");
  const order = page.url();
  await follow(page, "unknown", false);

  await page.goto(`/orders?${new URLSearchParams({ search: po })}`);
  await expect(page.getByRole("region", { name: "Placed here" }).getByRole("listitem")).toContainText(po);
  await expect(page.getByRole("heading", { name: "No order at the marketplace matches" })).toBeVisible();
  await page.goto(order);

  const panel = page.getByRole("region", { name: "Nobody knows yet" });
  await expect(panel).toContainText("Looked for");
  await expect(panel).toContainText("Its mark");
  await panel.getByText("It is not there", { exact: true }).first().click();
  await expect(panel.getByText("It is too early")).toBeVisible();
  await expect(panel.getByRole("button", { name: "It is not there" })).toBeDisabled();

  const button = panel.getByRole("button", { name: "It is not there" });
  await expect(async () => {
    await page.goto(order);
    await panel.getByRole("button", { name: "Look now" }).click();
    await page.goto(order);
    await panel.getByText("It is not there", { exact: true }).first().click();
    await expect(button).toBeEnabled({ timeout: 1_000 });
  }).toPass({ timeout: TWO_MINUTES_AND_A_LOOK });
  await button.click();
  await expect(page.getByRole("alert").getByRole("link", { name: /there will be two/ })).toBeVisible();
  await panel.getByLabel(/there will be two orders/).check();
  await button.click();

  await follow(page, "not found at the marketplace", false);
  await page.goto("/");
  const failed = page.getByRole("region", { name: "What failed or is not known" });
  await expect(failed.getByRole("link", { name: "Place it again" }).first()).toBeVisible();
  await page.goto(order);
  await page.getByRole("link", { name: "Place it again" }).click();
  await expect(page.getByRole("main")).toContainText(`${subscription.seats} → ${subscription.seats + 1}`);
  await expect(page.getByRole("button", { name: /^Place order/ })).toBeVisible();
});
