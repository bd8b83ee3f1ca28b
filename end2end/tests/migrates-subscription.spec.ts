import { expect, signIn, test } from "../fixtures.js";
import { aPoNumber, follow, placeOrder } from "../orders.js";
import { expectLineSeats } from "../subscriptions.js";

const DAY = 24 * 60 * 60 * 1000;

/** A day as date fields have it, so many days from today. */
function day(from: number): string {
  return new Date(Date.now() + from * DAY).toISOString().slice(0, 10);
}

test("a subscription that was bought elsewhere is taken over with its term", async ({ page, javaScriptEnabled }) => {
  await signIn(page, "account manager");
  await page.goto("/customers?status=active");
  await page.getByRole("region", { name: "Customers" }).locator("tbody").getByRole("link").first().click();
  await page.getByRole("link", { name: "Migrate a subscription" }).click();
  const main = page.getByRole("main");
  await main.getByLabel("Search", { exact: true }).fill("Mail Shield");
  await main.getByRole("button", { name: "Search" }).click();
  await page.getByRole("button", { name: "Choose Mail Shield mailbox" }).click();

  await page.getByLabel("Seats", { exact: true }).fill("17");
  await page.getByLabel("Term began on").fill(day(-200));
  await page.getByLabel("Term ends on").fill(day(-1));
  await page.getByLabel("Automatic renewal").selectOption("Ends with its term");
  const po = aPoNumber();
  await page.getByLabel("PO number").fill(po);
  await page.getByRole("button", { name: "Review" }).click();
  await expect(page).toHaveTitle(/^Error: Migrate a subscription/);
  await expect(page.getByLabel("Term ends on")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("PO number"), "what was typed stays").toHaveValue(po);
  await page.getByLabel("Term ends on").fill(day(165));
  await page.getByRole("button", { name: "Review" }).click();

  await expect(main).toContainText("Ends with its term");
  await placeOrder(page, "migrate 17 seats, 0.00 USD now");
  await follow(page, "completed", javaScriptEnabled !== false);
  await page.reload();
  await expect(main).toContainText(po);
  await main.locator("a[href^='/subscriptions/']").click();
  await expectLineSeats(page, 17);
  await expect(page.getByRole("region", { name: "Manage" }).getByRole("link", { name: "Turn automatic renewal on" })).toBeVisible();
});
